// The only file that posts. Every request has a time-out, carries a token instead of a cookie, and measures the clock.

const TIMEOUT = 8000;

// The newest format of editions that this app can open (docs/formats.md). It says so where it asks what is offered: an app that
// says nothing is offered the first only. What is newer it may be offered too, and must leave.
export const FORMAT = 2;

export const readable = ({format = 1}) => format <= FORMAT;

// No answer, or an answer that is not from our server (a captive portal): the caller tries again later. With a `status` the
// server was reached and has a fault.
export class NetworkError extends Error {
  constructor(message, status = null) {
    super(message);
    this.status = status;
  }
}

// The server's own refusal; `code` and `message` come from it.
export class Refused extends Error {
  constructor(status, body) {
    super(body.message ?? String(status));
    this.status = status;
    this.code = body.error ?? 'server';
    this.body = body;
  }
}

export async function request(url, {token, body, headers, timeout = TIMEOUT, gzip = false} = {}) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeout);
  const asked = performance.now();
  const text = body === undefined ? undefined : JSON.stringify(body);
  const small = gzip && typeof CompressionStream === 'function';
  try {
    const packed = small ? await zipped(text) : text;
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      credentials: 'omit',
      cache: 'no-store',
      body: packed,
      signal: controller.signal,
      headers: {
        'Accept-Language': document.documentElement.lang,
        ...(body === undefined ? {} : {'Content-Type': 'application/json'}),
        ...(token ? {Authorization: `Bearer ${token}`} : {}),
        ...(small ? {'Content-Encoding': 'gzip'} : {}),
        ...headers,
      },
    });
    const said = response.status === 204 ? 'null' : await response.text();
    return answer(response, said, performance.now() - asked);
  } catch (error) {
    if (error instanceof Refused || error instanceof NetworkError) throw error;
    throw new NetworkError(error.message);
  } finally {
    clearTimeout(timer);
  }
}

const zipped = (text) => new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();

function answer(response, said, took) {
  if (response.status >= 500) throw new NetworkError('the server fails', response.status);
  const data = parse(said);
  measure(data?.now ?? response.headers.get('Date'), took);
  if (response.ok) return data;
  if (!data?.error) throw new NetworkError(`status ${response.status}`);
  throw new Refused(response.status, data);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new NetworkError('not an answer of our server');
  }
}

// A tablet's clock may be wrong by years. The skew (milliseconds, server minus tablet) is measured at each contact and kept.

const SKEW = 'elearning-skew';

const keptSkew = () => {
  const stored = localStorage.getItem(SKEW);
  return stored === null ? null : Number(stored);
};

let skew = keptSkew();

// `server`: the server's time as text; `took`: the round trip in milliseconds, half of which is the way back.
function measure(server, took) {
  const time = Date.parse(server);
  if (Number.isNaN(time)) return;
  skew = Math.round(time + took / 2 - Date.now());
  localStorage.setItem(SKEW, String(skew));
}

export const now = () => new Date(Date.now() + (skew ?? 0));

// What a statement keeps: the raw clock, the time since the page started, and the skew or null.
export const clockReading = () => ({device: new Date().toISOString(), monotonic: Math.round(performance.now()), skew});
