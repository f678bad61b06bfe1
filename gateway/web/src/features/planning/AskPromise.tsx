import { Modal } from 'antd';
import { useState } from 'react';
import { VerbButton } from '@/components/VerbButton';
import type { Answer } from '@/lib/api/api';
import { dateTime, useText, type Text } from '@/lib/text';

const ASK: Text = ['询交期', 'Ask for a date'];
const EARLIEST: Text = ['最早可完成：{time}', 'It can be ready at {time}'];
const STEPS: Text = ['工序安排', 'Where it would run'];

/** When something that is not ordered yet could be ready. */
export function AskPromise() {
  const t = useText();
  const [promise, setPromise] = useState<Answer<'/api/scheduling/promises', 'post'> | null>(null);
  return (
    <>
      <VerbButton
        label={ASK}
        method="post"
        path="/api/scheduling/promises"
        options={{ operations: { hidden: true } }}
        onDone={setPromise}
      />
      <Modal
        open={promise !== null}
        footer={null}
        onCancel={() => setPromise(null)}
        title={promise && t(EARLIEST, { time: dateTime(promise.endsAt) })}>
        <h2>{t(STEPS)}</h2>
        <ol>
          {promise?.operations.map(one => (
            <li key={one.code}>
              {one.code} · {one.equipment} · {dateTime(one.startsAt)} – {dateTime(one.endsAt)}
            </li>
          ))}
        </ol>
      </Modal>
    </>
  );
}
