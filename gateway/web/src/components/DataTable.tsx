import { ReloadOutlined } from '@ant-design/icons';
import { Button, Empty, Table, type TableColumnType } from 'antd';
import type { SorterResult } from 'antd/es/table/interface';
import { useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { membersOf, operationOf, resolve, type Item, type ListPath, type PathValues, type Query } from '@/lib/api/api';
import { useRead } from '@/lib/api/hooks';
import { recall, remember } from '@/lib/memory';
import { nameOfRow, Subject } from '@/lib/subject';
import { useText, type Text } from '@/lib/text';
import { titleOf } from '@/lib/duration';
import type { Choices } from './Filter';
import { ListBar } from './ListBar';
import { Loading } from './Loading';
import { ProblemAlert } from './Problem';
import { useScrollByKeys } from './SheetTable';
import { isFiltered, useListState, viewOf } from './useListState';
import { lastOf, valueAt } from '@/lib/path';
import { isNumeric, Value } from './Value';

const EMPTY: Text = ['没有符合条件的记录', 'Nothing matches'];
const NOTHING: Text = ['还没有记录', 'There is nothing yet'];
const FIRST: Text = ['⇤ 首页', '⇤ First'];
const NEXT: Text = ['下一页 ›', 'Next ›'];
const PREVIOUS: Text = ['‹ 上一页', '‹ Previous'];
const SHOWN: Text = ['本页 {count} 条', '{count} on this page'];
const RELOAD: Text = ['重新读取', 'Read again'];
const ACTIONS: Text = ['操作', 'Actions'];
const PAGE_SIZE = 50;

export interface TableColumn<Row> {
  /** A member, or the way to one that stands within: `definition.kind`. */
  member: (keyof Row & string) | `${keyof Row & string}.${string}`;
  title?: Text;
  width?: number;
  render?: (row: Row) => ReactNode;
}

export interface DataTableProps<P extends ListPath> {
  path: P;
  at?: PathValues<P, 'get'>;
  /** What is always asked for. */
  query?: Partial<Query<P>>;
  columns: (TableColumn<Item<P>> | TableColumn<Item<P>>['member'])[];
  /** Members shown only when chosen. */
  more?: (keyof Item<P> & string)[];
  filters?: string[];
  /** What a filter is chosen from, where the API does not say. */
  choices?: Choices;
  views?: { name: Text; search: string }[];
  /** Where a row leads. */
  open?: (row: Item<P>) => string;
  actions?: (row: Item<P>) => ReactNode;
  /** What is shown at first, where the address does not say. */
  begin?: string;
  /** What to do where nothing is there yet. */
  empty?: ReactNode;
  /** Whether its state stands in the address: of one table a page. */
  isMain?: boolean;
  rowKey?: (row: Item<P>) => string;
}

/** A list of the API: searched, filtered, sorted and paged by the server, kept up to date, exported, worked by keyboard. */
export function DataTable<P extends ListPath>(props: DataTableProps<P>) {
  const { path, at, query, open, actions, empty, begin, isMain = false } = props;
  const t = useText();
  const navigate = useNavigate();
  const { params, set, apply } = useListState(isMain, begin);
  const members = useMemo(() => membersOf(path), [path]);
  const all = props.columns.map(column => (typeof column === 'string' ? { member: column } : column)) as TableColumn<Item<P>>[];
  const offered = [...all, ...(props.more ?? []).map(member => ({ member }))] as TableColumn<Item<P>>[];
  const key = `columns.${path} ${offered.map(column => column.member).join()}`; // other pages list the same in other columns
  const [chosen, setChosen] = useState<string[]>(() =>
    recall(
      key,
      all.map(column => column.member),
    ),
  );
  const shown = offered.filter(column => chosen.includes(column.member));

  const asked = Object.fromEntries(
    [...new Set(params.keys())]
      .filter(name => name in operationOf('get', path).query)
      .map(name => [name, params.getAll(name).length > 1 ? params.getAll(name) : params.get(name)!]),
  );
  const list = useRead(path as '/api/work-orders/orders', { path: at, query: { size: PAGE_SIZE, ...query, ...asked } } as never);
  const page = list.data as unknown as { items: Item<P>[]; next: string | null } | undefined;
  const rows = page?.items ?? [];

  const sorts = new Set(
    (resolve(operationOf('get', path).query.sort ?? {}).enum ?? []).map(name => name[0]!.toLowerCase() + name.slice(1)),
  );
  const linked = Math.max(
    shown.findIndex(column => !column.render),
    0,
  );
  const { sort: by, descending } = { ...query, ...asked } as { sort?: string; descending?: string | boolean };
  const sorted = { by: by?.toLowerCase(), isDescending: String(descending) === 'true' };
  const columns: TableColumnType<Item<P>>[] = shown.map((column, index) => ({
    key: column.member,
    title: t(column.title ?? titleOf(lastOf(column.member))),
    width: column.width,
    align: isNumeric(members[column.member]) ? ('right' as const) : undefined,
    sorter: sorts.has(column.member),
    sortDirections: ['ascend', 'descend', 'ascend'],
    sortOrder: sorted.by === column.member.toLowerCase() ? (sorted.isDescending ? 'descend' : 'ascend') : null,
    render: (_: unknown, row: Item<P>) => {
      const shown = column.render?.(row) ?? (
        <Value schema={members[column.member] ?? {}} value={valueAt(row, column.member)} member={lastOf(column.member)} />
      );
      return open && index === linked ? <RowLink to={open(row)}>{shown}</RowLink> : shown;
    },
  }));
  if (actions)
    columns.push({
      key: 'actions',
      fixed: 'right', // within reach however narrow the screen is
      title: <span className="hidden">{t(ACTIONS)}</span>,
      align: 'right',
      render: (_: unknown, row: Item<P>) => (
        <Subject value={nameOfRow(row)}>
          <span onClick={event => event.stopPropagation()}>{actions(row)}</span>
        </Subject>
      ),
    });

  const sort = ({ columnKey, order }: SorterResult<Item<P>>) => {
    const name = String(columnKey);
    set({
      sort: order ? name[0]!.toUpperCase() + name.slice(1) : undefined,
      descending: order ? String(order === 'descend') : undefined,
    });
  };
  const turn = (after: string | null, before: string[]) => set({ after: after ?? undefined, before }, true);
  const before = params.getAll('before');
  const { focused, isKeyed, onKeyDown, host } = useRowKeys(rows.length, index => open && void navigate(open(rows[index]!)));

  if (list.isLoading)
    return (
      <div className="sheet padded">
        <Loading rows={8} />
      </div>
    );
  if (list.isError && !page) return <ProblemAlert problem={list.error} retry={() => void list.refetch()} />;
  const isBare = !isFiltered(params) || (begin !== undefined && viewOf(params) === begin);
  const nothing = rows.length === 0 && isBare && !params.has('after') && (empty ?? <span className="muted">{t(NOTHING)}</span>);
  return (
    <div>
      <ListBar
        {...{
          path,
          at,
          params,
          set,
          apply,
          filters: props.filters ?? [],
          choices: props.choices,
          views: props.views ?? [],
          query: { ...query, ...asked },
        }}
        columns={{
          offered: offered.map(column => column.member),
          chosen,
          choose: next => {
            setChosen(next);
            remember(key, next);
          },
        }}
      />
      {list.isError && (
        <div className="gap">
          <ProblemAlert problem={list.error} retry={() => void list.refetch()} />
        </div>
      )}
      <div className="sheet" ref={host} onKeyDown={onKeyDown} role="group" tabIndex={-1}>
        <Table<Item<P>>
          size="small"
          pagination={false}
          columns={columns}
          dataSource={rows}
          loading={list.isPlaceholderData}
          rowKey={row => props.rowKey?.(row) ?? keyOf(row)}
          scroll={{ x: 'max-content' }}
          locale={{
            emptyText: nothing ? (
              <div className="nothing">{nothing}</div>
            ) : (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(EMPTY)} />
            ),
          }}
          onChange={(_, __, sorter) => sort(Array.isArray(sorter) ? sorter[0]! : sorter)}
          onRow={(row, index) =>
            ({
              className: [open && 'opens', index === focused && isKeyed && 'row-focus'].filter(Boolean).join(' '),
              'data-index': index,
              tabIndex: open && index === focused ? 0 : -1,
              onClick: () => open && void navigate(open(row)),
            }) as object
          }
        />
        <div className="pager">
          <span>{t(SHOWN, { count: rows.length })}</span>
          <Button
            type="text"
            size="small"
            icon={<ReloadOutlined />}
            aria-label={t(RELOAD)}
            loading={list.isFetching}
            onClick={() => void list.refetch()}
          />
          <span className="grow" />
          {params.has('after') && (
            <Button size="small" onClick={() => turn(null, [])}>
              {t(FIRST)}
            </Button>
          )}
          {params.has('after') && (
            <Button size="small" onClick={() => turn(before.at(-1) ?? null, before.slice(0, -1))}>
              {t(PREVIOUS)}
            </Button>
          )}
          {page?.next && (
            <Button size="small" onClick={() => turn(page.next, params.has('after') ? [...before, params.get('after')!] : [])}>
              {t(NEXT)}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

/** A row is a link as others are, to be opened in another tab too; the keyboard reaches it as a row. */
const RowLink = ({ to, children }: { to: string; children: ReactNode }) => (
  <Link to={to} className="row-link" tabIndex={-1} onClick={event => event.stopPropagation()}>
    {children}
  </Link>
);

const keyOf = (row: unknown) => {
  const known = row as Record<string, unknown>;
  return String(known.id ?? known.number ?? known.position ?? JSON.stringify(row));
};

/** Arrow keys go from row to row, Enter opens one. */
function useRowKeys(count: number, open: (index: number) => void) {
  const host = useScrollByKeys<HTMLDivElement>();
  const [focused, setFocused] = useState(0);
  const [isKeyed, setIsKeyed] = useState(false);
  useEffect(() => {
    if (focused >= count) setFocused(0);
  }, [count, focused]);
  const onKeyDown = (event: KeyboardEvent) => {
    const isRow = (event.target as HTMLElement).closest('tr[data-index]') || event.target === host.current;
    if (!isRow) return;
    if (event.key === 'Enter') {
      open(focused);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = Math.min(Math.max(focused + step, 0), count - 1);
    setFocused(next);
    setIsKeyed(true);
    host.current?.querySelector<HTMLElement>(`tr[data-index="${next}"]`)?.focus();
  };
  return { host, focused, isKeyed, onKeyDown };
}
