// Calls of /api/v1 with the page's CSRF value; every failure is an Error whose message can be shown as it is.

/** What the API answered instead of a result. */
export class ApiFault extends Error {
  /**
   * @param {string} message For people.
   * @param {number} status HTTP status; 0 when no answer came.
   * @param {string} code The API's word for it.
   * @param {any} [answer] The whole of the answer.
   */
  constructor(message, status, code, answer = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.answer = answer;
  }
}

/** The value that unsafe requests bring along. */
export function csrf() {
  return document.querySelector('meta[name="csrf"]')?.content ?? "";
}

/**
 * Calls the API.
 * @param {string} method
 * @param {string} path Beginning with /api/v1.
 * @param {unknown} [body] Sent as JSON.
 * @param {Record<string, string>} [more] Further headers.
 * @returns {Promise<any>} The answer's JSON; null when it has none.
 */
export async function call(method, path, body, more = {}) {
  const headers = { Accept: "application/json", ...more };
  if (method !== "GET") headers["X-Isobole-CSRF"] = csrf();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: "same-origin",
    });
  } catch {
    throw new ApiFault("The server did not answer; nothing was changed. Try again.", 0, "no_answer");
  }
  const text = await response.text();
  if (!response.ok) throw fault(response.status, text);
  return parsed(text);
}

/**
 * The fault that an answer tells of.
 * @param {number} status
 * @param {string} text The answer's body.
 */
export function fault(status, text) {
  const answer = parsed(text);
  const error = answer?.error;
  if (status === 401) return new ApiFault("You are not signed in any more. Sign in again, in another tab.", 401, "signed_out");
  return new ApiFault(error?.message ?? `The server answered ${status}; nothing was changed.`, status, error?.code ?? "", answer);
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
