import { number, useText, type Text } from '@/lib/text';
import type { Check, Proposal } from '../api';
import { judge, queue } from '../actions';
import type { Entry } from '../queue/entries';
import { useStore } from '../store';
import { problemOf, proposalText, refusalText } from '../words';

const KEPT: Text = [
  '◷ 测量值已保存在本机，恢复连接后自动发送；判定须等服务器的答复。',
  '◷ The measurements are kept on this device and sent once there is a connection; the verdict needs the server’s answer to them.',
];
const SENDING: Text = ['◷ 正在发送…', '◷ Sending…'];
const IF_ACCEPTED: Text = ['判定后由此检验产生的暂停解除。', 'The verdict releases what this check has held.'];
const IF_ACCEPTED_FREE: Text = ['判定后可继续加工。', 'After the verdict work goes on.'];
const IF_REJECTED: Text = [
  '判定后为不合格的 {rejected} {unit} 开立不合格品单；批次 {lot} 和下道工序暂停，直到质量放行。',
  'The verdict opens a nonconformance for {rejected} {unit} and holds lot {lot} and the next operation until quality releases them.',
];
const OUT: Text = ['样本中有 {pieces} 件不合格', 'Sampled pieces with something out of limits: {pieces}'];
const GIVE = {
  Accept: ['✔ 判定：合格', '✔ Verdict: passed'],
  Partial: ['▲ 判定：部分不合格', '▲ Verdict: partly failed'],
  Reject: ['✖ 判定：不合格', '✖ Verdict: failed'],
} as const satisfies Record<string, Text>;
const AGAIN: Text = ['✎ 修改测量值', '✎ Measure again'];
const GO_ON: Text = ['✎ 继续测量', '✎ Go on measuring'];
const TONES = { Accept: 'within', Partial: 'near', Reject: 'out' } as const;

interface Props {
  check: Check;
  /** The measurements on their way, or what came of them. */
  sent?: Entry;
  proposal: Proposal;
  holdsLot: boolean;
  onAgain: () => void;
  onClose: () => void;
}

/** What the measurements say and what follows; the verdict is the one they call for, for quality alone may give another. */
export function CheckResult({ check, sent, proposal, holdsLot, onAgain, onClose }: Props) {
  const t = useText();
  const isReached = useStore(queue.isReached);
  const problem = sent?.state === 'refused' ? problemOf(sent) : undefined;
  const isWaiting = sent?.state === 'waiting';
  const { verdict, rejectedQuantity, piecesOut } = proposal;
  const give = () => {
    void judge(check, proposal);
    onClose();
  };
  const tone = verdict && !isWaiting && !problem ? TONES[verdict] : '';
  return (
    <>
      <div className={`check-result ${tone}`} role="status" data-verdict={isWaiting || problem ? '' : (verdict ?? 'Open')}>
        {isWaiting && <p>{t(isReached ? SENDING : KEPT)}</p>}
        {problem && <p className="bad">✖ {refusalText(problem)}</p>}
        {!isWaiting && !problem && (
          <>
            <h3>{proposalText(proposal)}</h3>
            {piecesOut > 0 && <p>{t(OUT, { pieces: piecesOut })}</p>}
            {verdict === 'Accept' && <p>{t(holdsLot ? IF_ACCEPTED : IF_ACCEPTED_FREE)}</p>}
            {verdict && verdict !== 'Accept' && (
              <p>{t(IF_REJECTED, { rejected: number(rejectedQuantity), unit: check.unit, lot: check.lot })}</p>
            )}
          </>
        )}
      </div>
      {!isWaiting && (
        <footer>
          <button type="button" id="measure-again" onClick={onAgain}>
            {t(verdict ? AGAIN : GO_ON)}
          </button>
          {verdict && !problem && (
            <button type="button" className="main" id="judge" onClick={give}>
              {t(GIVE[verdict])}
            </button>
          )}
        </footer>
      )}
    </>
  );
}
