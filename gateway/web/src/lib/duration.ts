import { number, say, type Text } from './text';
import { nameOf } from './words/words';

const HOUR = 3600;
const MINUTE = 60;
const HOURS = ['小时|时', 'h|hrs?|hours?'].join('|');
const MINUTES = ['分钟|分', "m|mins?|minutes?|'"].join('|');
const SECONDS = ['秒钟|秒', `s|secs?|seconds?|"|''`].join('|');
const NUMBER = String.raw`\d+(?:[.,]\d+)?|[.,]\d+`;

const CLOCK = /^(?:(\d+):)?(\d+):([0-5]?\d(?:[.,]\d+)?)$/;
const WORDS = new RegExp(
  `^(?:(${NUMBER})\\s*(?:${HOURS}))?\\s*(?:(${NUMBER})\\s*(?:${MINUTES}))?\\s*(?:(${NUMBER})\\s*(?:${SECONDS})?)?$`,
  'i',
);
/** "1h30" are minutes: what stands without a unit is the next smaller. */
const HOURS_AND = new RegExp(`^(${NUMBER})\\s*(?:${HOURS})\\s*(${NUMBER})$`, 'i');

const valueOf = (text: string | undefined) => Number((text ?? '0').replace(',', '.'));

/** Seconds, as people write a time: `90`, `90 s`, `1:30`, `1.5 min`, `1 h 30 min`, `1分30秒`; null where it is none. */
export function parseDuration(written: string): number | null {
  const text = written.normalize('NFKC').trim();
  if (text === '') return null;
  const clock = CLOCK.exec(text);
  if (clock) {
    if (clock[1] !== undefined && Number(clock[2]) >= MINUTE) return null;
    return rounded(valueOf(clock[1]) * HOUR + valueOf(clock[2]) * MINUTE + valueOf(clock[3]));
  }
  const hours = HOURS_AND.exec(text);
  if (hours) return rounded(valueOf(hours[1]) * HOUR + valueOf(hours[2]) * MINUTE);
  const words = WORDS.exec(text);
  return words ? rounded(valueOf(words[1]) * HOUR + valueOf(words[2]) * MINUTE + valueOf(words[3])) : null;
}

/** To the six decimals that are kept. */
const rounded = (seconds: number) => Math.round(seconds * 1e6) / 1e6;

const UNITS: readonly (readonly [seconds: number, unit: Text])[] = [
  [HOUR, ['小时', 'h']],
  [MINUTE, ['分', 'min']],
];
const SECOND: Text = ['秒', 's'];

/** `1 h 2 min 5 s`. */
export function durationOf(seconds: number): string {
  const parts: string[] = [];
  let rest = rounded(seconds);
  for (const [size, unit] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${say(unit)}`);
    rest = rounded(rest - count * size);
  }
  if (rest > 0 || parts.length === 0) parts.push(`${number(rest, 6)} ${say(SECOND)}`);
  return parts.join(' ');
}

/** As it stands in a field: seconds below a minute, else minutes and seconds, or hours, with colons. */
export function writtenDuration(seconds: number): string {
  if (seconds < MINUTE) return `${rounded(seconds)} s`;
  const two = (value: number) => (value < 10 ? `0${value}` : String(value));
  const hours = Math.floor(seconds / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  const rest = rounded(seconds % MINUTE);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

const DAY = 24 * HOUR;
const LARGEST: readonly (readonly [seconds: number, unit: Text])[] = [[DAY, ['天', 'd']], ...UNITS, [1, SECOND]];
const DAYS_FROM = 2 * DAY;

/** The same for reading at a glance, rounded to the two largest units: `1 h 20 min`, `3 d 4 h`. */
export function spanOf(seconds: number): string {
  const size = Math.abs(seconds);
  const decimals = size < MINUTE ? 100 : size < 10 * MINUTE ? 10 : 1; // nobody reads hundredths beside minutes
  if (size < HOUR) return (seconds < 0 ? '−' : '') + durationOf(Math.round(size * decimals) / decimals);
  const first = LARGEST.findIndex(([unit]) => size >= (unit === DAY ? DAYS_FROM : unit));
  const [[large, largeName], [small, smallName]] = [LARGEST[first]!, LARGEST[first + 1]!];
  const inSmall = Math.round(size / small);
  const [whole, rest] = [Math.floor((inSmall * small) / large), inSmall % (large / small)];
  const parts = [whole && `${number(whole)} ${say(largeName)}`, rest && `${rest} ${say(smallName)}`];
  return (seconds < 0 ? '−' : '') + parts.filter(Boolean).join(' ');
}

const SECONDS_OF: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, ms: 0.001 };
const MEMBER = /(Seconds|Minutes|Ms|^seconds|^minutes)(PerUnit|Within)?$/;

/** The seconds that a value is, where its member is a span of time by its name; null for others. */
export function secondsOf(member: string, value: unknown): number | null {
  const unit = MEMBER.exec(member)?.[1]?.toLowerCase();
  return unit && typeof value === 'number' ? value * SECONDS_OF[unit]! : null;
}

/** What stands above or before a value: the name of its member, without the unit that a span of time brings along. */
export const titleOf = (member: string): Text => (MEMBER.test(member) ? bareOf(nameOf(member)) : nameOf(member));

const bareOf = ([zh, en]: Text): Text => [zh.replace(/\s*[（(][^）)]*[）)]$/, ''), en.replace(/\s*\([^)]*\)$/, '')];
