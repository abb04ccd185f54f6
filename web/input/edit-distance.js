/**
 * Letters that are wrong, missing or too many, and neighbours that have changed places (optimal string
 * alignment, after Damerau). Pure.
 * @returns {number|null} null for more than `most`
 */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return null;
  let before = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        above[column] + 1,
        line[column - 1] + 1,
        above[column - 1] + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) least = Math.min(least, before[column - 2] + 1);
      line.push(least);
    }
    if (Math.min(...line) > most) return null;
    before = above;
    above = line;
  }
  return above[b.length] <= most ? above[b.length] : null;
}
