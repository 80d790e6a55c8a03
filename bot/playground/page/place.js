/** Who am I, and what am I looking at? Both live in the address, so that two windows can be two people. */

const HOME = "home";

export const place = {
  /** The member id in `?as=`, or null. */
  who: () => new URLSearchParams(location.search).get("as"),

  /** The channel id, or "home" for App Home, or "" at the start. */
  channel: () => location.hash.slice(1).split("/")[0],

  /** The ts of the open thread, or null. */
  thread: () => location.hash.split("/")[1] ?? null,

  isHome: () => place.channel() === HOME,

  become(memberId) {
    history.pushState(null, "", `?as=${encodeURIComponent(memberId)}`);
    dispatchEvent(new PopStateEvent("popstate"));
  },

  go(channel, thread) {
    const hash = `#${channel}${thread ? `/${thread}` : ""}`;
    if (hash === location.hash) return;
    history.pushState(null, "", location.search + hash);
    dispatchEvent(new PopStateEvent("popstate"));
  },

  goHome: () => place.go(HOME),

  /** Correct the address without a step in the history. */
  settle(memberId, channel) {
    history.replaceState(null, "", `?as=${encodeURIComponent(memberId)}#${channel}`);
  },
};
