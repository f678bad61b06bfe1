import { number, say, type Text } from '@/lib/text';
import { PROBLEMS } from '@/lib/words/problems';
import { Problem } from '@/lib/api/client';
import { valuesOf, wordsOf } from '@/lib/words/refusals';
import { VALUES } from '@/lib/words/values';
import { WAITS } from '@/lib/words/waits';
import type { Gs1Fault } from '@/lib/gs1Scan';
import type { Proposal } from './api';
import type { Entry, Verb } from './queue/entries';

export const SCRAP_REASONS: Readonly<Record<string, Text>> = {
  dimension: ['尺寸超差', 'Dimension'],
  surface: ['表面缺陷', 'Surface'],
  material: ['材料缺陷', 'Material defect'],
  setup: ['调试废品', 'Setup piece'],
  tool: ['刀具损坏', 'Tool break'],
  handling: ['搬运损伤', 'Handling'],
  other: ['其他', 'Other'],
};

export const PAUSE_REASONS: Readonly<Record<string, Text>> = {
  break: ['休息', 'Break'],
  material: ['等物料', 'Waiting for material'],
  help: ['等支援', 'Waiting for help'],
  'other-work': ['去做别的', 'Other work'],
  meeting: ['会议', 'Meeting'],
  other: ['其他', 'Other'],
};

export const VERBS: Readonly<Record<Verb, Text>> = {
  start: ['开工', 'Start'],
  pause: ['暂停', 'Pause'],
  resume: ['恢复', 'Resume'],
  finish: ['结束', 'Finish'],
  withdraw: ['收回开工', 'Start taken back'],
  report: ['报工', 'Report'],
  undo: ['撤销报工', 'Report undone'],
  signOff: ['签退', 'Sign off'],
  stop: ['停机', 'Machine stops'],
  endStop: ['停机结束', 'Machine runs again'],
  classify: ['停机原因', 'Reason of a stop'],
  undoStop: ['撤销停机', 'Stop taken back'],
  call: ['呼叫支援', 'Call for help'],
  come: ['响应呼叫', 'Call answered'],
  resolve: ['呼叫已解决', 'Call dealt with'],
  takeBackCall: ['撤回呼叫', 'Call taken back'],
  read: ['作业指导', 'Instruction'],
  measure: ['检验录入', 'Measurements'],
  judge: ['检验判定', 'Verdict'],
  handOver: ['交接班记录', 'Handover note'],
  takeOver: ['确认交接班', 'Handover acknowledged'],
};

export const GS1_FAULTS: Readonly<Record<Gs1Fault, Text>> = {
  'unknown-identifier': ['未知的 GS1 标识符 {at}', 'The GS1 identifier {at} is not known'],
  'too-short': ['({at}) 的值太短', 'The value of ({at}) is too short'],
  'too-long': ['({at}) 的值太长：扫描枪可能没有发送 FNC1', 'The value of ({at}) is too long: does the scanner leave FNC1 out?'],
  'check-digit': ['({at}) 的校验位不对', 'The check digit of ({at}) is wrong'],
  'no-date': ['({at}) 不是日期', '({at}) is no date'],
  characters: ['({at}) 含有不允许的字符', '({at}) has characters that it may not have'],
  ambiguous: ['有多种读法：扫描枪须发送 FNC1', 'It can be read in several ways: the scanner must send FNC1'],
};

export const PROPOSALS = {
  Accept: ['✔ 合格', '✔ Passed'],
  Partial: ['▲ 部分不合格：合格 {accepted}，不合格 {rejected}', '▲ Partly failed: {accepted} good, {rejected} not'],
  Reject: ['✖ 不合格', '✖ Failed'],
  open: ['还要测量 {missing} 项', '{missing} still to be measured'],
} as const satisfies Record<string, Text>;

/** What the measurements of an inspection say. */
export const proposalText = ({ verdict, acceptedQuantity, rejectedQuantity, missingMeasurements }: Proposal): string =>
  say(PROPOSALS[verdict ?? 'open'], {
    ...{ accepted: number(acceptedQuantity), rejected: number(rejectedQuantity), missing: missingMeasurements },
  });

const NOTES: Text = ['注意：{notes}', 'Note: {notes}'];
/** What was noted though it was taken. */
export const notesText = (notes: readonly string[]): string =>
  say(NOTES, { notes: notes.map(note => say(WAITS[note] ?? VALUES[note] ?? [note, note])).join(', ') });

export const problemOf = (entry: Entry) => entry.problem && new Problem(entry.problem.status, entry.problem.body);

/** Why something was refused, with what it waits for or concerns. */
export function refusalText(problem: Problem): string {
  const waits = Array.isArray(problem.body.waitsFor) ? (problem.body.waitsFor as string[]) : [];
  const more = waits.length ? waits.map(one => say(WAITS[one] ?? [one, one])).join(', ') : valuesOf(problem);
  return [wordsOf(problem), more].filter(Boolean).join(' · ');
}

const WHAT_TO_DO: Readonly<Record<string, Text>> = {
  'work-not-found': ['可作为单独报工再次发送', 'It can be sent as a report that stands alone'],
  'work-under-way': ['已开工，无需再做', 'Nothing is to be done: it goes on'],
  'work-is-over': ['若有数量未报，请重新报工', 'Report again what was not counted'],
  'wrong-work-state': ['请看卡片上的状态', 'See on the card how it stands'],
  'already-undone': ['无需再做', 'Nothing is to be done'],
  'call-acknowledged': ['无需再做', 'Nothing is to be done'],
  'inspection-not-open': ['无需再做', 'Nothing is to be done'],
  'call-closed': ['如仍需支援，请再次呼叫', 'Call again where help is still needed'],
};
const ASK: Text = ['修正后再次发送，或联系班组长', 'Send it again once that is put right, or ask a foreman'];
export const whatToDo = (problem: Problem): string =>
  say(WHAT_TO_DO[problem.code] ?? ASK) + (PROBLEMS[problem.code] ? '' : ` (${problem.code})`);
