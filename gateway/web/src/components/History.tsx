import { HistoryOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Drawer, Empty } from 'antd';
import { useState } from 'react';
import { read } from '@/lib/api/client';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { askedFor, nameOfRecord, type RecordOf } from '@/lib/trail';
import { Loaded } from './Page';
import { ProblemAlert } from './Problem';
import { TrailEntry } from './Trail';

const HISTORY: Text = ['历史', 'History'];
const NONE: Text = ['还没有更改记录', 'Nothing has been changed yet'];
const MORE: Text = ['更早的', 'Earlier'];
const PAGE_SIZE = 25;
/** An address has no room for more. */
const RECORDS_MAX = 100;

type Service = 'work-orders' | 'scheduling' | 'quality' | 'inventory' | 'equipment' | 'identity';

interface HistoryProps {
  service: Service;
  /** The record, and what belongs to it. */
  of: readonly RecordOf[];
  /** As one of a row's actions. */
  kind?: 'default' | 'text';
}

/** Who changed a record, when and why: a button that opens its trail. Who may not read the trail does not see it. */
export function History({ service, of, kind = 'default' }: HistoryProps) {
  const t = useText();
  const may = useMay();
  const [isOpen, setIsOpen] = useState(false);
  if (!may('get', `/api/${service}/audit`)) return null;
  return (
    <>
      <Button
        type={kind}
        size={kind === 'text' ? 'small' : undefined}
        icon={<HistoryOutlined aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}>
        {t(HISTORY)}
      </Button>
      <Drawer
        title={[t(HISTORY), of[0] && nameOfRecord(of[0])].filter(Boolean).join(' · ')}
        open={isOpen}
        onClose={() => setIsOpen(false)}
        size={560}
        destroyOnHidden>
        <Trail service={service} of={of.slice(0, RECORDS_MAX)} />
      </Drawer>
    </>
  );
}

/** Its entries, the newest first. */
function Trail({ service, of }: Pick<HistoryProps, 'service' | 'of'>) {
  const t = useText();
  const path = `/api/${service}/audit` as const;
  const record = askedFor(of);
  const trail = useInfiniteQuery({
    queryKey: [path, 'history', record],
    queryFn: ({ pageParam, signal }) =>
      read(path as '/api/work-orders/audit', { query: { record, size: PAGE_SIZE, after: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next ?? undefined,
  });
  return (
    <Loaded reading={trail}>
      {({ pages }) => {
        const entries = pages.flatMap(page => page.items);
        return (
          <>
            {trail.isError && <ProblemAlert problem={trail.error} retry={() => void trail.refetch()} />}
            {entries.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(NONE)} />}
            <ol className="trail">
              {entries.map(entry => (
                <TrailEntry key={entry.id} entry={entry} of={of} />
              ))}
            </ol>
            {trail.hasNextPage && (
              <Button block loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
                {t(MORE)}
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
