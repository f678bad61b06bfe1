import { useCallback, useEffect, useRef, useState } from 'react';
import { useAppearance } from '@/lib/appearance';
import { Problem } from '@/lib/api/client';
import { useText, type Text } from '@/lib/text';
import * as api from './api';
import { queue, said, startQueue } from './actions';
import { listen, readMasterData, refresh, takeUpKept } from './floor';
import { readHandover } from './handover';
import { listenToKeys } from './scanner';
import { meaningOf } from './scanned';
import { activeOf, arrive, arriving, freeSeat, here, isHere, thisDevice } from './session';
import { beep } from './sound';
import { useStore } from './store';
import type { Check, WorkOnCard } from './api';
import { Bar } from './views/Bar';
import { CheckSheet } from './views/CheckSheet';
import { CallSheet } from './views/CallSheet';
import { ownOf, type Activity, type Shown } from './views/Card';
import { Dispatch, MY_WORK, useCards } from './views/Dispatch';
import { HandoverSheet } from './views/HandoverSheet';
import { InstructionSheet } from './views/InstructionSheet';
import { Message, UndoBar } from './views/Notices';
import { Pairing } from './views/Pairing';
import { QueuePage } from './views/QueuePage';
import { ReportSheet } from './views/ReportSheet';
import { NewPassword, problemWords, SignOn } from './views/SignOn';
import { PauseSheet, SignOffSheet } from './views/SmallSheets';
import { StopSheet } from './views/StopSheet';
import { Units } from './views/Units';

const TITLE: Text = ['生产终端', 'Production terminal'];
const BY_SERVER: Text = ['{words}', '{words}'];
const SESSION_OVER: Text = ['登录已结束，请重新登录', 'The session has ended: sign in again'];

type Page = 'list' | 'queue' | 'units' | 'signOn' | 'pairing';
type Open =
  | { kind: 'instruction'; shown: Shown; begin?: Activity }
  | { kind: 'check'; check: Check }
  | { kind: 'handover' }
  | { kind: 'report' | 'pause'; shown: Shown; work?: WorkOnCard }
  | { kind: 'stop' }
  | { kind: 'call' }
  | { kind: 'signOff' }
  | null;

/** On a bad network nobody looks at an empty screen for longer. */
const PATIENCE_MS = 1_000;

/** Whoever wanted to see one of these pages and had to sign in first is led back there. */
const PAGES: Readonly<Record<string, string>> = { openapi: '/openapi/', jobs: '/jobs' };

const tell = (problem: unknown) => {
  beep('bad');
  said.set({ kind: 'bad', text: BY_SERVER, values: { words: problemWords(problem) } });
};

/** Begins: what was kept, who is here, what happens. */
function useBeginning(): boolean {
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    let stopQueue = () => {};
    let slow: ReturnType<typeof setTimeout> | undefined;
    const begin = async () => {
      await takeUpKept();
      stopQueue = await startQueue();
      slow = setTimeout(() => setReady(true), PATIENCE_MS);
      void api.device().then(thisDevice.set, () => undefined);
      if (!here.get().people.some(isHere)) {
        const me = await api.me(0).catch(() => null);
        const next = PAGES[new URLSearchParams(window.location.search).get('next') ?? ''];
        if (me && !me.mustChangePassword && next) return window.location.assign(next);
        if (me?.permissions.includes('production.sign-on') || me?.mustChangePassword) arriving.set({ me, seat: 0 });
      }
      setReady(true);
    };
    void begin();
    const stopListening = listen();
    return () => {
      clearTimeout(slow);
      stopQueue();
      stopListening();
    };
  }, []);
  return isReady;
}

export function Terminal() {
  const t = useText();
  const isReady = useBeginning();
  const { isDark } = useAppearance();
  const now = useStore(here);
  const coming = useStore(arriving);
  const person = activeOf(now);
  const [page, setPage] = useState<Page>('list');
  const [open, setOpen] = useState<Open>(null);
  const [filter, setFilter] = useState('');
  const [search, setSearch] = useState('');
  const [badge, setBadge] = useState<string>();
  const [lot, setLot] = useState<{ lot: string; at: number } | null>(null);
  const takeKey = useRef<((key: string) => void) | null>(null);
  const { cards } = useCards(person);
  const own = cards.flatMap(shown => {
    const work = person && ownOf(shown, person.code);
    return work ? [[shown, work] as const] : [];
  });

  const isSigningOn = !person || Boolean(person.isAbsent) || page === 'signOn' || coming !== null;
  useEffect(() => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  }, [isDark]);
  useEffect(() => {
    document.title = t(TITLE);
  }, [t]);
  useEffect(() => {
    setPage('list');
    setOpen(null);
    setBadge(undefined);
    void refresh();
    const here = person && !person.isAbsent ? person.seat : undefined;
    if (here === undefined) return;
    void readMasterData(here)
      .then(readHandover)
      .then(isLeft => isLeft && setOpen(now => now ?? { kind: 'handover' }))
      .catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- another person begins anew
  }, [person?.code, person?.seat]);
  useEffect(() => {
    if (person?.isAbsent) said.set({ kind: 'bad', text: SESSION_OVER });
  }, [person?.code, person?.isAbsent]);

  const signInByBadge = useCallback(async (code: string) => {
    const seat = freeSeat();
    try {
      const me = await api.signInByBadge(seat, code, null);
      await arrive(me, seat);
      if (me.operator) queue.wake(me.operator);
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'pin-required') return tell(problem);
      setBadge(code);
      setPage('signOn');
    }
  }, []);

  const show = (order: string) => {
    beep('ok');
    said.set(null);
    setPage('list');
    setFilter('');
    setSearch(order);
  };
  const scanned = (code: string) => {
    const at = isSigningOn ? 'signOn' : open?.kind === 'report' ? 'sheet' : 'list';
    const meaning = meaningOf(
      code,
      at,
      cards.map(({ card }) => card.order),
    );
    if (meaning.kind === 'badge') return void signInByBadge(meaning.code);
    if (meaning.kind === 'order') return show(meaning.order);
    if (meaning.kind === 'orderId' && person)
      return void api.orderOf(person.seat, meaning.id).then(({ order }) => show(order), tell);
    if (meaning.kind === 'lot') {
      beep('ok');
      return setLot({ lot: meaning.lot, at: Date.now() });
    }
    if (meaning.kind !== 'wrong') return;
    beep('bad');
    said.set({ kind: 'bad', text: meaning.text, values: meaning.values as Record<string, string>, badge: meaning.badge });
  };
  const heard = useRef(scanned);
  useEffect(() => {
    heard.current = scanned;
  });
  useEffect(
    () =>
      listenToKeys(
        code => heard.current(code),
        key => takeKey.current?.(key),
      ),
    [],
  );
  const takeKeys = useCallback((take: ((key: string) => void) | null) => {
    takeKey.current = take;
  }, []);

  const toSignOn = useCallback(() => setPage('signOn'), []);
  if (!isReady) return null;
  const close = () => setOpen(null);
  return (
    <>
      <Bar
        onAdd={() => setPage('signOn')}
        onQueue={() => setPage(page === 'queue' ? 'list' : 'queue')}
        onCall={() => setOpen({ kind: 'call' })}
        onStop={() => setOpen({ kind: 'stop' })}
        onSignOff={() => setOpen({ kind: 'signOff' })}
        onHandover={() => setOpen({ kind: 'handover' })}
      />
      {!open && (
        <Message
          onBadge={code => {
            said.set(null);
            void signInByBadge(code);
          }}
        />
      )}
      <main id="view" tabIndex={-1}>
        {view()}
      </main>
      <UndoBar />
      {open?.kind === 'report' && person && (
        <ReportSheet shown={open.shown} work={open.work} scanned={lot} takeKeys={takeKeys} onClose={close} />
      )}
      {open?.kind === 'pause' && open.work && <PauseSheet shown={open.shown} work={open.work} onClose={close} />}
      {open?.kind === 'call' && <CallSheet units={now.units} own={own.map(([shown]) => shown)} onClose={close} />}
      {open?.kind === 'instruction' && person && (
        <InstructionSheet shown={open.shown} begin={open.begin} person={person} onClose={close} />
      )}
      {open?.kind === 'check' && person && <CheckSheet check={open.check} person={person} takeKeys={takeKeys} onClose={close} />}
      {open?.kind === 'handover' && person && <HandoverSheet person={person} onClose={close} />}
      {open?.kind === 'stop' && <StopSheet units={now.units} own={own.map(([shown]) => shown)} onClose={close} />}
      {open?.kind === 'signOff' && person && (
        <SignOffSheet person={person} own={own.map(([shown, work]) => [shown, work])} onClose={close} />
      )}
    </>
  );

  function view() {
    const toList = () => {
      arriving.set(null);
      setBadge(undefined);
      setPage('list');
    };
    const somebodyElse = () => {
      if (coming) void api.signOut(coming.seat).then(toList, tell);
    };
    if (page === 'pairing') return <Pairing onBack={toSignOn} onProblem={tell} />;
    if (page === 'queue') return <QueuePage onBack={toList} />;
    const back = person && !person.isAbsent ? toList : undefined;
    if (coming?.me.mustChangePassword) return <NewPassword seat={coming.seat} onProblem={tell} />;
    if (coming) return <Units arriving={coming} onDone={toList} onBack={back ?? somebodyElse} onProblem={tell} />;
    if (isSigningOn)
      return <SignOn key={badge ?? ''} badge={badge} onBack={back} onPair={() => setPage('pairing')} onProblem={tell} />;
    if (page === 'units' || now.units.length === 0)
      return <Units arriving={null} onDone={toList} onBack={toList} onProblem={tell} />;
    return (
      <Dispatch
        person={person!}
        filter={now.units.includes(filter) || filter === MY_WORK ? filter : ''}
        search={search}
        onFilter={setFilter}
        onSearch={setSearch}
        onChange={() => setPage('units')}
        onReport={(shown, work) => setOpen({ kind: 'report', shown, work })}
        onPause={(shown, work) => setOpen({ kind: 'pause', shown, work })}
        onCheck={check => setOpen({ kind: 'check', check })}
        onInstruction={(shown, begin) => setOpen({ kind: 'instruction', shown, begin })}
      />
    );
  }
}
