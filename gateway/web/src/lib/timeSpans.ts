import { number, say, type Text } from './text';
import { nameOf } from './words/words';

const SECONDS_OF: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, ms: 0.001 };
const MEMBER = /(Seconds|Minutes|Ms|^seconds|^minutes)(PerUnit|Within)?$/;
const ZERO: Text = ['0', '0'];
const SECONDS: Text = ['{count} 秒', '{count} s'];
const MINUTES: Text = ['{count} 分', '{count} min'];
const HOURS: Text = ['{count} 小时', '{count} h'];
const DAYS: Text = ['{count} 天', '{count} d'];
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The seconds that a value is, where its member is a span of time by its name; null for others. */
export function secondsOf(member: string, value: unknown): number | null {
  const unit = MEMBER.exec(member)?.[1]?.toLowerCase();
  return unit && typeof value === 'number' ? value * SECONDS_OF[unit]! : null;
}

/** A span of time as people say it, in its two largest units: `1 h 20 min`. */
export function spanOf(seconds: number): string {
  if (seconds === 0) return say(ZERO);
  const size = Math.abs(seconds);
  const sign = seconds < 0 ? '−' : '';
  const parts = (large: number, largeName: Text, small: number, smallName: Text) => {
    const inSmall = Math.round(size / small);
    const [whole, rest] = [Math.floor((inSmall * small) / large), inSmall % (large / small)];
    return [whole && say(largeName, { count: number(whole) }), rest && say(smallName, { count: rest })].filter(Boolean).join(' ');
  };
  if (size < MINUTE) return sign + say(SECONDS, { count: number(size, 2) });
  if (size < HOUR) return sign + parts(MINUTE, MINUTES, 1, SECONDS);
  return sign + (size < 2 * DAY ? parts(HOUR, HOURS, MINUTE, MINUTES) : parts(DAY, DAYS, HOUR, HOURS));
}

/** What stands above or before a value: the name of its member, without the unit that a span of time brings along. */
export const titleOf = (member: string): Text => (MEMBER.test(member) ? bareOf(nameOf(member)) : nameOf(member));

const bareOf = ([zh, en]: Text): Text => [zh.replace(/\s*[((][^))]*[))]$/, ''), en.replace(/\s*\([^)]*\)$/, '')];
