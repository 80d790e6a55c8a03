/** What does the page ask of the playground's server? */

/**
 * @typedef {{id: string, name: string, real_name: string, tz: string, is_bot: boolean, deleted: boolean, locale?: string}} Member
 * @typedef {{ts: string, user?: string, bot_id?: string, text: string, blocks?: object[], thread_ts?: string,
 *     reply_count?: number, edited?: object, ephemeral?: boolean, reactions?: object[]}} Message
 * @typedef {{id: string, name: string, is_im: boolean, with?: string, is_archived: boolean, unread: number,
 *     messages: Message[]}} Channel
 * @typedef {{now: string, me: Member, bot_connected: boolean, workspace: object, members: Member[],
 *     stories: {name: string, label: string}[], channels: Channel[], views: object[], home: object|null, commands: object[], shortcuts: object[]}} Seen
 */

/** The server's "no": `message` is fit to be shown to a person. */
export class Refused extends Error {
  constructor(answer) {
    super(answer.hint ?? answer.error ?? "The playground did not say why.");
    this.name = "Refused";
    this.error = answer.error;
  }
}

async function ask(path, body) {
  const request = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await fetch(path, request).catch(() => {
    throw new Refused({ error: "unreachable", hint: "The playground's server does not answer. Is it still running?" });
  });
  const answer = await response.json().catch(() => ({ ok: false, error: `http_${response.status}` }));
  if (!answer.ok) throw new Refused(answer);
  return answer;
}

export const server = {
  info: () => ask("/playground/info"),
  see: (as) => ask(`/playground/see?as=${encodeURIComponent(as)}`),
  act: (as, action) => ask("/playground/act", { as, ...action }),
  moveClock: (to) => ask("/playground/clock", { to }),
  tellStory: (story) => ask("/playground/story", { story }),
  reset: () => ask("/playground/reset", {}),
  stream: (as) => new EventSource(`/playground/stream?as=${encodeURIComponent(as)}`),
};
