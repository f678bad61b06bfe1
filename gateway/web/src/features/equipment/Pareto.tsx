import { Empty } from 'antd';
import { Loaded } from '@/components/Page';
import { useRead } from '@/lib/api/hooks';
import { spanOf } from '@/lib/duration';
import { percent, useText, type Text } from '@/lib/text';
import { useReasonNames } from './useReasonNames';

const NOTHING: Text = ['此时段没有停机', 'No stop in this time'];
const LOST: Text = ['{lost} · {stops} 次 · 累计 {share}', '{lost} · {stops} × · {share} in sum'];

const MINUTE_S = 60;

/** What stopped a unit, or the plant's units together, the largest loss first. */
export function Pareto({ code, window }: { code?: string; window: { from: string; to: string } }) {
  const t = useText();
  const ofUnit = useRead('/api/equipment/units/{code}/losses', { path: { code: code ?? '' }, query: window }, code !== undefined);
  const ofPlant = useRead('/api/equipment/losses', { query: window }, code === undefined);
  const losses = code === undefined ? ofPlant : ofUnit;
  const nameOfReason = useReasonNames();
  return (
    <Loaded reading={losses}>
      {({ pareto }) =>
        pareto.length === 0 ? (
          <Empty description={t(NOTHING)} image={Empty.PRESENTED_IMAGE_SIMPLE} />
        ) : (
          <ol className="pareto">
            {pareto.map(loss => (
              <li key={loss.reason ?? ''}>
                <span>{nameOfReason(loss.reason)}</span>
                <div className="meter">
                  <span style={{ width: `${(loss.lostMinutes / pareto[0]!.lostMinutes) * 100}%` }} />
                </div>
                <span className="muted">
                  {t(LOST, {
                    lost: spanOf(Math.round(loss.lostMinutes) * MINUTE_S),
                    stops: loss.stops,
                    share: percent(loss.cumulativeShare),
                  })}
                </span>
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}
