import { dateTime, say, type Text } from '@/lib/text';

export interface Span {
  row: number;
  from: string;
  to: string;
  kind: 'plan' | 'actual' | 'setup';
}

const WIDTH = 210;
const HEIGHT = 22;
const BAR = 8;
const NAMES: Record<Span['kind'], Text> = { plan: ['计划', 'Plan'], actual: ['加工', 'Run'], setup: ['调试', 'Setup'] };

/** The spans of one row on the time axis that all rows share; the line is now. */
export function TimeLine({ spans, row }: { spans: Span[]; row: number }) {
  const all = spans.flatMap(span => [Date.parse(span.from), Date.parse(span.to)]);
  if (all.length === 0) return <span className="muted">–</span>;
  const begin = Math.min(...all);
  const length = Math.max(Math.max(...all) - begin, 1);
  const x = (time: number) => ((time - begin) / length) * WIDTH;
  const now = x(Date.now());
  const own = spans.filter(span => span.row === row);
  const words = own.map(span => `${say(NAMES[span.kind])} ${dateTime(span.from)} – ${dateTime(span.to)}`).join('\n');
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={words || '–'}
      className="time-line">
      <title>{words}</title>
      <line x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} className="axis" />
      {own.map((span, index) => (
        <rect
          key={index}
          className={span.kind}
          x={x(Date.parse(span.from))}
          y={span.kind === 'plan' ? 1 : HEIGHT - BAR - 1}
          height={BAR}
          rx="1.5"
          width={Math.max(x(Date.parse(span.to)) - x(Date.parse(span.from)), 2)}
        />
      ))}
      {now >= 0 && now <= WIDTH && <line x1={now} x2={now} y1="0" y2={HEIGHT} className="now" />}
    </svg>
  );
}
