/** Small questions to the page's own host or the bridge's, which no check waits for long. */

/** A check goes on without the answer after this. */
const ANSWER_LIMIT_MS = 3000;

/**
 * @param {string|URL} url
 * @param {RequestInit} options
 * @returns {Promise<{response: Response, body: string}|null>} whatever the answer is; null where none came
 *   in time. Never rejects
 */
export async function ask(url, options) {
  try {
    const response = await fetch(url, {
      ...options,
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    // Read to its end whatever it is: until then the request is not over, and the limit would end it.
    return { response, body: await response.text() };
  } catch {
    return null;
  }
}

/** The same for an object. @returns {Promise<object>} an empty one where no such answer came */
export async function askJson(url, options) {
  const answer = await ask(url, options);
  if (!answer?.response.ok) return {};
  try {
    return JSON.parse(answer.body) ?? {};
  } catch {
    return {};
  }
}
