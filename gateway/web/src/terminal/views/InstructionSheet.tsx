import { useEffect, useState } from 'react';
import { dateTime, useText, type Text } from '@/lib/text';
import * as api from '../api';
import * as actions from '../actions';
import { queue } from '../actions';
import { instructionOf } from '../instructions';
import { Keypad } from '../parts';
import { beep } from '../sound';
import type { Person } from '../session';
import { useStore } from '../store';
import type { Activity, Shown } from './Card';
import { Sheet } from './Sheet';
import { problemWords } from './SignOn';

const TITLE: Text = ['作业指导 · {order} · {operation}', 'Instruction · {order} · {operation}'];
const REVISION: Text = ['版本 {revision} · {by} · {at}', 'Revision {revision} · {by} · {at}'];
const READING: Text = ['正在读取…', 'Reading…'];
const NOT_HERE: Text = [
  '没有连接，且本机没有保存此作业指导',
  'There is no connection, and this device has not kept the instruction',
];
const NEEDS_NET: Text = ['{name}：需要连接才能打开', '{name}: opens with a connection only'];
const AWAY: Text = [
  '⚡ 没有连接：显示本机保存的文字和图片，视频和 PDF 需要连接',
  '⚡ No connection: text and pictures are those kept here; videos and PDF need one',
];
const UNDERSTOOD: Text = ['✔ 已理解', '✔ Understood'];
const UNDERSTOOD_START: Text = ['✔ 已理解，开工', '✔ Understood, start'];
const SIGN: Text = ['✔ 用 PIN 签名', '✔ Sign with the PIN'];
const PIN: Text = ['请 {name} 输入 PIN 签名', '{name}, sign with your PIN'];
const NO_SIGNING: Text = ['签名需要连接', 'Signing needs a connection'];
const PIN_MIN = 4;
const PIN_MAX = 8;

interface Props {
  shown: Shown;
  person: Person;
  /** What begins once it is acknowledged. */
  begin?: Activity;
  onClose: () => void;
}

/** What is to be done, as text, pictures, paper and video; acknowledged where the routing asks, and whenever somebody likes. */
export function InstructionSheet({ shown: { card, equipment }, person, begin, onClose }: Props) {
  const t = useText();
  const isReached = useStore(queue.isReached);
  const [found, setFound] = useState<api.Instruction | null | undefined>();
  const [isSigning, setSigning] = useState(false);
  const [isWaiting] = useState(card.waitsFor.includes('instruction'));
  const { operationId } = card;
  useEffect(() => {
    void instructionOf(person.seat, operationId).then(instruction => {
      setFound(instruction);
      if (instruction) void actions.read(card, { revision: instruction.instruction.revision, reading: 'Shown' });
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- shown once for as long as it is open
  }, [operationId, person.seat]);

  const acknowledge = (reading: 'Understood' | 'Signed', signature?: string) => {
    void actions.read(card, { revision: found!.instruction.revision, reading, signature });
    if (begin) void actions.start(card, equipment, begin);
    onClose();
  };
  const mustSign = isWaiting && found?.acknowledgement === 'Signed';
  return (
    <Sheet title={t(TITLE, { order: card.order, operation: card.operation })} onClose={onClose}>
      {found === undefined && <p className="quiet">{t(READING)}</p>}
      {found === null && <p className="bad">{t(NOT_HERE)}</p>}
      {found && !isReached && <p className="fault">{t(AWAY)}</p>}
      {found && !isSigning && (
        <>
          <Instruction instruction={found.instruction} seat={person.seat} isReached={isReached} />
          <footer>
            {mustSign ? (
              <button type="button" className="main" id="sign" disabled={!isReached} onClick={() => setSigning(true)}>
                {t(isReached ? SIGN : NO_SIGNING)}
              </button>
            ) : (
              <button type="button" className="main" id="understood" onClick={() => acknowledge('Understood')}>
                {t(begin ? UNDERSTOOD_START : UNDERSTOOD)}
              </button>
            )}
          </footer>
        </>
      )}
      {found && isSigning && (
        <Signing person={person} subject={found.subject} onSigned={signature => acknowledge('Signed', signature)} />
      )}
    </Sheet>
  );
}

interface ShownInstruction {
  instruction: api.Instruction['instruction'];
  seat: number;
  isReached: boolean;
}

function Instruction({ instruction, seat, isReached }: ShownInstruction) {
  const t = useText();
  const { revision, writtenBy, writtenAt, text, files } = instruction;
  return (
    <div className="instruction-text">
      <p className="quiet">{t(REVISION, { revision, by: writtenBy, at: dateTime(writtenAt) })}</p>
      {text && <p className="written">{text}</p>}
      {files.map(file => (
        <figure key={file.id}>
          {file.contentType.startsWith('image/') ? (
            <img src={api.fileOf(seat, file.id)} alt={file.name} />
          ) : !isReached ? (
            <p className="quiet">{t(NEEDS_NET, { name: file.name })}</p>
          ) : file.contentType === 'application/pdf' ? (
            <iframe src={api.fileOf(seat, file.id)} title={file.name} />
          ) : (
            <video src={api.fileOf(seat, file.id)} controls preload="metadata" aria-label={file.name} />
          )}
          <figcaption className="quiet">{file.name}</figcaption>
        </figure>
      ))}
    </div>
  );
}

/** The PIN is shown to Identity alone, which answers with what the work orders take for a signature. */
function Signing({ person, subject, onSigned }: { person: Person; subject: string; onSigned: (signature: string) => void }) {
  const t = useText();
  const [pin, setPin] = useState('');
  const [fault, setFault] = useState('');
  const type = (key: string) => {
    setFault('');
    setPin(now => (key === 'Backspace' ? now.slice(0, -1) : `${now}${key}`.slice(0, PIN_MAX)));
  };
  const sign = async () => {
    try {
      onSigned(await api.signWithPin(person.seat, pin, subject));
    } catch (problem) {
      beep('bad');
      setPin('');
      setFault(problemWords(problem));
    }
  };
  return (
    <>
      <p>{t(PIN, { name: person.name })}</p>
      <p className="pin" id="pin" aria-live="polite">
        {'●'.repeat(pin.length) || '–'}
      </p>
      <p className="fault" role="alert">
        {fault}
      </p>
      <Keypad onKey={type} hasPoint={false} />
      <footer>
        <button type="button" className="main" id="signed" disabled={pin.length < PIN_MIN} onClick={() => void sign()}>
          {t(SIGN)}
        </button>
      </footer>
    </>
  );
}
