import { newId, Problem, serverClock } from '@/lib/api/client';
import { createStore } from '../store';
import { sendable, type Entry, type NewEntry } from './entries';

const LANES_MAX = 4;
const WAITS_MS = [1_000, 2_000, 5_000, 10_000, 20_000];
/** After so many answers that tell of a defect the entry is put aside, so that others get through. */
const DEFECTS_MAX = 5;
/** Clocks that are off by no more are taken as they are; as the server does. */
const CLOCK_TOLERANCE_MS = 300_000;
const OVER_KEPT_MAX = 200;
const TELL_MS = 50;

/** What the queue needs of its surroundings. */
export interface Surroundings {
  send(path: string, body: unknown, id: string, operator: string): Promise<unknown>;
  keep(entry: Entry): Promise<void>;
  forget(ids: readonly string[]): Promise<void>;
  /** Somebody's session has ended: what is theirs waits for their next sign-on. */
  absent(operator: string): void;
  /** An entry has come to its end. */
  over(entry: Entry): void;
  now(): number;
}

/**
 * All that is done at this terminal goes through here: it is kept on the device first, then sent, one after the other in each
 * lane, until the server has answered. What is refused stays to be read.
 */
export class Queue {
  readonly entries = createStore<readonly Entry[]>([]);
  /** Whether the last answer came. */
  readonly isReached = createStore(true);
  private all: Entry[] = [];
  private readonly busy = new Set<string>();
  private readonly absent = new Set<string>();
  private telling?: ReturnType<typeof setTimeout>;
  private retrying?: ReturnType<typeof setTimeout>;
  private failures = 0;

  constructor(private readonly around: Surroundings) {}

  /** Takes up what an earlier run of the terminal has left. */
  load(kept: readonly Entry[]): void {
    this.all = [...kept];
    this.tell();
    this.drain();
  }

  /** Keeps something that was done; the answer comes later. */
  async add(made: NewEntry): Promise<Entry> {
    const entry: Entry = { ...made, seq: (this.all.at(-1)?.seq ?? 0) + 1, state: 'waiting', tries: 0 };
    this.all.push(entry);
    this.tell();
    await this.around.keep(entry);
    this.drain();
    return entry;
  }

  /** Takes back what was never sent and on which nothing follows. */
  takeBack(id: string): boolean {
    const entry = this.all.find(one => one.id === id);
    const isFollowed = this.all.some(one => one.workId === id && one.state === 'waiting');
    if (!entry || entry.state !== 'waiting' || entry.tries > 0 || isFollowed) return false;
    this.change(entry, { state: 'takenBack' });
    return true;
  }

  /** The reader has seen why it was refused. */
  dismiss(id: string): void {
    const entry = this.all.find(one => one.id === id && one.state === 'refused');
    if (entry) this.change(entry, { state: 'dismissed' });
    this.drain();
  }

  /** Once more what was refused, perhaps with other content: then it is another command. */
  again(id: string, body?: Record<string, unknown>): void {
    const entry = this.all.find(one => one.id === id && one.state === 'refused');
    if (!entry) return;
    if (body) {
      this.change(entry, { state: 'dismissed' });
      const over = { workId: undefined, problem: undefined, answer: undefined };
      void this.add({ ...entry, ...over, id: newId(), body, isFixed: true });
      return;
    }
    this.change(entry, { state: 'waiting', tries: 0, problem: undefined });
    this.drain();
  }

  /** Somebody is here again, or there is a connection. */
  wake(operator?: string): void {
    if (operator) this.absent.delete(operator);
    this.failures = 0;
    this.drain();
  }

  waitingOf = (operator: string) => this.all.filter(entry => entry.operator === operator && entry.state === 'waiting').length;
  isAbsent = (operator: string) => this.absent.has(operator);

  drain(): void {
    if (this.busy.size >= LANES_MAX) return;
    for (const entry of sendable(this.all, this.busy, this.absent).slice(0, LANES_MAX - this.busy.size)) {
      this.busy.add(entry.lane);
      void this.send(entry);
    }
  }

  private async send(entry: Entry): Promise<void> {
    this.fixTime(entry);
    this.change(entry, { tries: entry.tries + 1 });
    try {
      await this.around.keep(entry); // with its content, before anybody can have applied it
      const body = { ...entry.body, ...(takesDeviceTime(entry) && { deviceTime: new Date(this.around.now()).toISOString() }) };
      const answer = (await this.around.send(entry.path, body, entry.id, entry.operator)) as Record<string, unknown> | null;
      this.failures = 0;
      this.isReached.set(true);
      this.busy.delete(entry.lane);
      this.end(entry, { state: 'sent', sentAt: this.around.now(), answer: answer ?? undefined });
      this.drain();
    } catch (failure) {
      this.busy.delete(entry.lane);
      this.failed(entry, failure instanceof Problem ? failure : new Problem(0, { code: 'unreachable' }));
    }
  }

  private failed(entry: Entry, problem: Problem): void {
    this.isReached.set(problem.status !== 0);
    const isDefect = problem.code === 'unexpected' && entry.tries >= DEFECTS_MAX;
    if (problem.status === 401) {
      this.absent.add(entry.operator);
      this.around.absent(entry.operator);
      this.tell();
      this.drain();
    } else if (problem.isTemporary && !isDefect) {
      clearTimeout(this.retrying);
      this.retrying = setTimeout(() => this.drain(), WAITS_MS[Math.min(this.failures++, WAITS_MS.length - 1)]);
    } else {
      const { status, code, body } = problem;
      this.end(entry, { state: 'refused', sentAt: this.around.now(), problem: { status, code, body } });
      this.drain();
    }
  }

  /** The server puts right what it is told with the device's time; the rest is put right here, once. */
  private fixTime(entry: Entry): void {
    const { timeMember, isFixed, at } = entry;
    if (!timeMember || isFixed) return;
    const { startedAt } = entry.body;
    entry.body = {
      ...entry.body,
      ...(typeof startedAt === 'string' && { startedAt: putRight(startedAt) }),
      [timeMember]: timeMember === 'at' ? at : putRight(at),
    };
    entry.isFixed = true;
  }

  private end(entry: Entry, by: Partial<Entry>): void {
    this.change(entry, by);
    this.around.over(entry);
    const over = this.all.filter(one => one.state !== 'waiting' && one.state !== 'refused');
    if (over.length <= OVER_KEPT_MAX * 1.2) return;
    const old = new Set(over.slice(0, over.length - OVER_KEPT_MAX).map(one => one.id));
    this.all = this.all.filter(one => !old.has(one.id));
    void this.around.forget([...old]);
  }

  private change(entry: Entry, by: Partial<Entry>): void {
    const changed = Object.assign(entry, by);
    void this.around.keep({ ...changed });
    this.tell();
  }

  /** Many at once are one change for the screen. */
  private tell(): void {
    this.telling ??= setTimeout(
      () => {
        this.telling = undefined;
        this.entries.set(this.all.map(entry => ({ ...entry })));
      },
      this.all.length > 50 ? TELL_MS : 0,
    );
  }
}

/** Whether this device's clock is wrong. */
export const isClockOff = () => Math.abs(serverClock.aheadMs) > CLOCK_TOLERANCE_MS;

/** A time of this device's clock, by the server's where this one is wrong. */
export const putRight = (at: string) => (isClockOff() ? new Date(Date.parse(at) + serverClock.aheadMs).toISOString() : at);

const TELL_THEIR_CLOCK = new Set(['start', 'pause', 'resume', 'finish', 'withdraw', 'report', 'read', 'handOver', 'takeOver']);
const takesDeviceTime = (entry: Entry) => TELL_THEIR_CLOCK.has(entry.verb);
