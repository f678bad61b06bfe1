import { Tabs } from 'antd';
import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { useText, type Text } from '@/lib/text';
import { SERVICES } from './services';

const TITLE: Text = ['搁置消息', 'Parked messages'];
const SUB: Text = [
  '多次处理失败的消息：后面的照常处理，修好后可重放',
  'Messages that failed again and again: the others went on; replay them when the cause is mended',
];
const REPLAY: Text = ['重放', 'Replay'];
const NONE: Text = ['没有搁置的消息', 'Nothing is parked'];

export function Component() {
  const t = useText();
  return (
    <Page title={TITLE} sub={t(SUB)}>
      <Tabs
        items={SERVICES.map(({ key, name }) => ({
          key,
          label: t(name),
          children: (
            <DataTable
              path={`/api/${key}/parked-messages`}
              filters={['from', 'to']}
              empty={t(NONE)}
              columns={['type', 'queue', 'error', 'attempts', 'parkedAt', 'replayedAt']}
              more={['messageId', 'body']}
              actions={row =>
                !row.replayedAt && (
                  <VerbButton
                    kind="text"
                    label={REPLAY}
                    method="post"
                    path={`/api/${key}/parked-messages/{id}/replay`}
                    at={{ id: row.id }}
                  />
                )
              }
            />
          ),
        }))}
      />
    </Page>
  );
}
