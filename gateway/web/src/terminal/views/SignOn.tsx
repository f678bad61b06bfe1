import { useEffect, useRef, useState, type FormEvent } from 'react';
import { newId, Problem } from '@/lib/api/client';
import { recall, remember } from '@/lib/memory';
import { useText, type Text } from '@/lib/text';
import * as api from '../api';
import { queue } from '../actions';
import { Keypad } from '../parts';
import { arrive, arriving, freeSeat, thisDevice, type Me } from '../session';
import { useStore } from '../store';
import { beep } from '../sound';
import { refusalText } from '../words';

const TITLE: Text = ['上岗登录', 'Sign on'];
const BY_BADGE: Text = ['▣ 工牌', '▣ Badge'];
const BY_PASSWORD: Text = ['⌨ 用户名', '⌨ User name'];
const BADGE: Text = ['扫描或输入工牌号', 'Scan or enter the badge'];
const PIN: Text = ['PIN 码', 'PIN'];
const USER: Text = ['用户名', 'User name'];
const PASSWORD: Text = ['密码', 'Password'];
const NEW_PASSWORD: Text = ['新密码(至少 12 个字符)', 'New password (at least 12 characters)'];
const MUST_CHANGE: Text = ['首次登录必须修改密码', 'Change the one-time password first'];
const NEXT: Text = ['继续', 'Continue'];
const BACK: Text = ['返回', 'Back'];
const OTHER_BADGE: Text = ['换一张工牌', 'Another badge'];
const BOUND: Text = ['本终端：{name}', 'This terminal: {name}'];
const UNBOUND: Text = ['本终端尚未绑定，可用于任何设备。', 'This terminal is not bound: it serves any equipment.'];
const PAIR: Text = ['⚯ 绑定终端', '⚯ Bind it'];
const WAY: Text = ['登录方式', 'How to sign on'];

type Way = 'badge' | 'password';

/** Tells the queue too: what waited for this person goes on. */
async function welcome(me: Me, seat: number) {
  await arrive(me, seat);
  if (me.operator) queue.wake(me.operator);
}

interface Props {
  badge?: string;
  onBack?: () => void;
  onPair: () => void;
  onProblem: (problem: unknown) => void;
}

/** Who are you: badge and PIN, or user name; a new password if one is due. */
export function SignOn({ badge, onBack, onPair, onProblem }: Props) {
  const t = useText();
  const device = useStore(thisDevice);
  const [way, setWay] = useState<Way>(() => (badge ? 'badge' : recall<Way>('way', 'badge')));
  const choose = (next: Way) => {
    remember('way', next);
    setWay(next);
  };
  return (
    <section className="narrow">
      <h1>{t(TITLE)}</h1>
      <div className="row" role="group" aria-label={t(WAY)}>
        <button type="button" id="by-badge" aria-pressed={way === 'badge'} onClick={() => choose('badge')}>
          {t(BY_BADGE)}
        </button>
        <button type="button" id="by-password" aria-pressed={way === 'password'} onClick={() => choose('password')}>
          {t(BY_PASSWORD)}
        </button>
        {onBack && (
          <button type="button" id="back" onClick={onBack}>
            {t(BACK)}
          </button>
        )}
      </div>
      {way === 'badge' ? <ByBadge given={badge} onProblem={onProblem} /> : <ByPassword onProblem={onProblem} />}
      <div className="row device">
        <p className="quiet" id="device">
          {device ? t(BOUND, { name: [device.name, ...device.workCenters, ...device.equipment].join(' · ') }) : t(UNBOUND)}
        </p>
        {!device && (
          <button type="button" id="pair" onClick={onPair}>
            {t(PAIR)}
          </button>
        )}
      </div>
    </section>
  );
}

/** A scanner types the code and Enter. A badge that needs no PIN here is in; otherwise the PIN pad appears. */
function ByBadge({ given, onProblem }: { given?: string } & Pick<Props, 'onProblem'>) {
  const t = useText();
  const [badge, setBadge] = useState(given ?? '');
  const [pin, setPin] = useState('');
  const [asksPin, setAsksPin] = useState(Boolean(given));
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [asksPin]);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!badge.trim()) return;
    try {
      const seat = freeSeat();
      const me = await api.signInByBadge(seat, badge.trim(), asksPin && pin ? pin : null);
      beep('ok');
      await welcome(me, seat);
    } catch (problem) {
      if (problem instanceof Problem && problem.code === 'pin-required' && !asksPin) return setAsksPin(true);
      setPin('');
      onProblem(problem);
    }
  };
  return (
    <form onSubmit={send}>
      <label hidden={asksPin}>
        {t(BADGE)}
        <input
          id="badge"
          ref={asksPin ? undefined : field}
          autoComplete="off"
          maxLength={64}
          value={badge}
          onChange={event => setBadge(event.target.value)}
        />
      </label>
      {asksPin && (
        <>
          <label>
            {t(PIN)}
            <input
              id="pin"
              ref={field}
              type="password"
              inputMode="none"
              autoComplete="off"
              pattern="[0-9]{4,8}"
              maxLength={8}
              value={pin}
              onChange={event => setPin(event.target.value)}
            />
          </label>
          <Keypad
            hasPoint={false}
            onKey={key => setPin(now => (key === 'Backspace' ? now.slice(0, -1) : (now + key).slice(0, 8)))}
          />
        </>
      )}
      <div className="row">
        <button className="main" id="go">
          {t(NEXT)}
        </button>
        {asksPin && (
          <button
            type="button"
            onClick={() => {
              setAsksPin(false);
              setBadge('');
              setPin('');
            }}>
            {t(OTHER_BADGE)}
          </button>
        )}
      </div>
    </form>
  );
}

function ByPassword({ onProblem }: Pick<Props, 'onProblem'>) {
  const t = useText();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const seat = freeSeat();
      await welcome(await api.signInByPassword(seat, name.trim(), password), seat);
    } catch (problem) {
      onProblem(problem);
    }
  };
  return (
    <form onSubmit={send}>
      <label>
        {t(USER)}
        <input
          id="user"
          autoFocus
          autoComplete="username"
          required
          value={name}
          onChange={event => setName(event.target.value)}
        />
      </label>
      <label>
        {t(PASSWORD)}
        <input
          id="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={event => setPassword(event.target.value)}
        />
      </label>
      <div className="row">
        <button className="main" id="go">
          {t(NEXT)}
        </button>
      </div>
    </form>
  );
}

/** A password that somebody else has set is changed first. The command's id stays while no answer came. */
export function NewPassword({ seat, onProblem }: { seat: number } & Pick<Props, 'onProblem'>) {
  const t = useText();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const id = useRef(newId());
  const send = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await api.changePassword(seat, current, next, id.current);
      await welcome(await api.me(seat), seat);
    } catch (problem) {
      if (problem instanceof Problem && !problem.isTemporary) id.current = newId();
      onProblem(problem);
    }
  };
  return (
    <section className="narrow">
      <h1>{t(MUST_CHANGE)}</h1>
      <form onSubmit={send}>
        <label>
          {t(PASSWORD)}
          <input
            id="current"
            type="password"
            autoFocus
            autoComplete="current-password"
            required
            value={current}
            onChange={event => setCurrent(event.target.value)}
          />
        </label>
        <label>
          {t(NEW_PASSWORD)}
          <input
            id="new"
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            value={next}
            onChange={event => setNext(event.target.value)}
          />
        </label>
        <div className="row">
          <button className="main" id="go">
            {t(NEXT)}
          </button>
          <button type="button" onClick={() => arriving.set(null)}>
            {t(BACK)}
          </button>
        </div>
      </form>
    </section>
  );
}

export const problemWords = (problem: unknown): string =>
  problem instanceof Problem ? refusalText(problem) : refusalText(new Problem(0, { code: 'unexpected' }));
