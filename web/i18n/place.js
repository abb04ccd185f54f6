/** Where a check was made from, in words. @param {{name: string, local: boolean}} vantage */
export function placeWords({ name, local }, words) {
  return local ? words.say('place.local') : name;
}
