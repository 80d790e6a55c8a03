/** What time is it for this person, in their own zone and words? */

const PARTS = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" };
const formats = new Map();

/** People outside these places read 24 hours. */
const TWELVE_HOURS = /^en-(US|CA|AU|NZ|IN|PH)$/;

function format(zone, options, locale = "en-GB") {
  const key = JSON.stringify([zone, options, locale]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
  return formats.get(key);
}

/**
 * The wall clock in `zone` at this instant.
 *
 * @param {Date} instant
 * @param {string} zone IANA name
 * @returns {{year: number, month: number, day: number, hour: number, minute: number, second: number}}
 */
export function wallClock(instant, zone) {
  const parts = format(zone, { ...PARTS, hourCycle: "h23" }).formatToParts(instant);
  return Object.fromEntries(parts.filter(({ type }) => type in PARTS).map(({ type, value }) => [type, Number(value)]));
}

/** The instant at which a wall clock in `zone` shows this; an hour that the spring skips comes out one later. */
export function instantOf({ year, month, day, hour = 0, minute = 0 }, zone) {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  const before = new Date(asUtc - offset(new Date(asUtc), zone));
  return new Date(asUtc - offset(before, zone));
}

function offset(instant, zone) {
  const { year, month, day, hour, minute, second } = wallClock(instant, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant.getTime() / 1000) * 1000;
}

/** `YYYY-MM-DDTHH:MM`, the form of a date-time field. */
export function fieldValue(instant, zone) {
  const { year, month, day, hour, minute } = wallClock(instant, zone);
  const two = (number) => String(number).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** The instant that a date-time field means in `zone`, or null while the field is empty. */
export function readField(value, zone) {
  const [year, month, day, hour, minute] = value.split(/[-T:]/).map(Number);
  return value ? instantOf({ year, month, day, hour, minute }, zone) : null;
}

/** The instant of a message's ts. */
export const instantOfTs = (ts) => new Date(Number(ts) * 1000);

const dayNumber = (instant, zone) => {
  const { year, month, day } = wallClock(instant, zone);
  return Date.UTC(year, month - 1, day) / 86_400_000;
};

export function timeOf(instant, { tz, locale }, withSeconds = false) {
  const hour12 = TWELVE_HOURS.test(locale ?? "");
  const second = withSeconds ? "2-digit" : undefined;
  const options = { hour: hour12 ? "numeric" : "2-digit", minute: "2-digit", second, hourCycle: hour12 ? "h12" : "h23" };
  return format(tz, options, hour12 ? "en-US" : "en-GB").format(instant);
}

/** "Tuesday, 24 November", with the year when it is another one. */
export function dayOf(instant, { tz }, now) {
  const year = wallClock(instant, tz).year === wallClock(now, tz).year ? undefined : "numeric";
  return format(tz, { weekday: "long", day: "numeric", month: "long", year }).format(instant);
}

/** "Tue 24 Nov, 10:00". */
export function shortMoment(instant, person) {
  const day = format(person.tz, { weekday: "short", day: "numeric", month: "short" }).format(instant).replace(",", "");
  return `${day}, ${timeOf(instant, person)}`;
}

function pretty(instant, zone, now, otherwise) {
  const distance = dayNumber(instant, zone) - dayNumber(now, zone);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[distance] ?? otherwise;
}

function ordinal(day) {
  const suffix = { one: "st", two: "nd", few: "rd", other: "th" };
  return day + suffix[new Intl.PluralRules("en", { type: "ordinal" }).select(day)];
}

function ago(instant, now) {
  const seconds = Math.round((instant - now) / 1000);
  const [unit, size] = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]].find(
    ([, each]) => Math.abs(seconds) >= each || each === 1,
  );
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/**
 * Slack's `<!date^…>`: fill the tokens in.
 *
 * Tokens: https://docs.slack.dev/messaging/formatting-message-text/#date-formatting
 *
 * @returns {string|null} null when the pattern has a token that Slack does not know
 */
export function fillDate(pattern, instant, person, now) {
  const tokens = dateTokens(instant, person, now);
  let known = true;
  const text = pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    if (!(name in tokens)) known = false;
    return tokens[name]?.() ?? whole;
  });
  return known ? text : null;
}

function dateTokens(instant, person, now) {
  const zone = person.tz;
  const { year, month, day } = wallClock(instant, zone);
  const named = (length) => format(zone, { month: length }, "en-US").format(instant);
  const weekday = () => format(zone, { weekday: "long" }).format(instant);
  const date = () => `${named("long")} ${ordinal(day)}, ${year}`;
  const short = () => `${named("short")} ${day}, ${year}`;
  const long = () => `${weekday()}, ${date()}`;
  return {
    date_num: () => fieldValue(instant, zone).slice(0, 10),
    date_slash: () => `${month}/${day}/${year}`,
    date, date_short: short, date_long: long,
    date_pretty: () => pretty(instant, zone, now, date()),
    date_short_pretty: () => pretty(instant, zone, now, short()),
    date_long_pretty: () => pretty(instant, zone, now, long()),
    day_divider_pretty: () => pretty(instant, zone, now, `${weekday()}, ${named("long")} ${ordinal(day)}`),
    time: () => timeOf(instant, person),
    time_secs: () => timeOf(instant, person, true),
    ago: () => ago(instant, now),
  };
}
