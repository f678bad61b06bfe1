import type { Answer } from '@/lib/api/api';
import { spanOf } from '@/lib/duration';
import { say, type Text } from '@/lib/text';

export type Promised = Answer<'/api/scheduling/promises', 'post'>;

const FREE: Text = ['没有瓶颈：每道工序都能随到随做', 'No bottleneck: every operation can begin as soon as it is ready'];
const EQUIPMENT: Text = [
  '瓶颈是设备 {code}：订单在此等待 {wait}',
  'The bottleneck is equipment {code}: the order waits there for {wait}',
];
const RESOURCE: Text = [
  '瓶颈是资源 {code}：订单为它等待 {wait}',
  'The bottleneck is resource {code}: the order waits for it for {wait}',
];
const CLOSED: Text = ['，其中 {closed} 不上班', ', of which {closed} it is closed'];

/** What the date hangs on, in a sentence. */
export function bottleneckInWords({ bottleneck }: Pick<Promised, 'bottleneck'>): string {
  if (bottleneck === null) return say(FREE);
  const { equipment, resource, waitSeconds, closedSeconds } = bottleneck;
  const closed = closedSeconds > 0 ? say(CLOSED, { closed: spanOf(closedSeconds) }) : '';
  return say(resource ? RESOURCE : EQUIPMENT, { code: resource ?? equipment ?? '', wait: spanOf(waitSeconds) }) + closed;
}

/** Where each operation lies between the first ready time and the end, in parts of the whole: waiting, then working. */
export function partsOf(operations: Promised['operations']) {
  const begin = Math.min(...operations.map(one => Date.parse(one.readyAt)));
  const length = Math.max(1, Math.max(...operations.map(one => Date.parse(one.endsAt))) - begin);
  return operations.map(one => {
    const [ready, start, end] = [one.readyAt, one.setupStartsAt, one.endsAt].map(at => (Date.parse(at) - begin) / length);
    const from = Math.min(ready!, start!);
    return { from, wait: start! - from, work: end! - start! };
  });
}
