import { DownloadOutlined, PrinterOutlined, SettingOutlined, StarOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Dropdown, Input, Popover, Progress, Segmented, type InputRef } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useRef, useState } from 'react';
import { membersOf, operationOf } from '@/lib/api/api';
import { addressOf, readAll } from '@/lib/api/client';
import { download } from '@/lib/files';
import { lastOf } from '@/lib/path';
import { csvOf, xlsxOf } from '@/lib/tableFile';
import { useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { Filter, type Choices } from './Filter';
import { wordsOf } from '@/lib/words/refusals';
import { isFiltered, keepViews, viewOf, viewsOf } from './useListState';

const SEARCH: Text = ['搜索…  ( / )', 'Search…  ( / )'];
const COLUMNS: Text = ['列', 'Columns'];
const EXPORT: Text = ['导出', 'Export'];
const PRINT: Text = ['打印', 'Print'];
const VIEWS: Text = ['视图', 'Views'];
const KEEP: Text = ['保存当前视图', 'Keep this view'];
const VIEW_NAME: Text = ['视图名称', 'Name of the view'];
const ALL: Text = ['全部', 'All'];
const CLEAR: Text = ['清除筛选', 'Clear filters'];
const EXPORTED: Text = ['已导出 {count} 条', '{count} exported'];
const STOP: Text = ['停止', 'Stop'];

interface ListBarProps {
  path: string;
  at?: object;
  params: URLSearchParams;
  set: (changes: Record<string, string | string[] | undefined>) => void;
  apply: (search: string) => void;
  filters: string[];
  choices?: Choices;
  views: { name: Text; search: string }[];
  query: object;
  columns: { offered: string[]; chosen: string[]; choose: (members: string[]) => void };
}

/** What stands above a list: search, filters, views, columns, export. */
export function ListBar({ path, at, params, set, apply, filters, choices, views, query, columns }: ListBarProps) {
  const t = useText();
  const known = operationOf('get', path).query;
  return (
    <div className="bar list-bar">
      {views.length > 0 && (
        <Segmented
          size="middle"
          value={viewOf(params)}
          options={[{ label: t(ALL), value: '' }, ...views.map(view => ({ label: t(view.name), value: view.search }))]}
          onChange={apply}
        />
      )}
      {'search' in known && <Search value={params.get('search') ?? ''} onChange={search => set({ search })} />}
      {filters
        .filter(name => name in known)
        .map(name => (
          <Filter key={name} {...{ name, path, params, set }} choices={choices?.[name]} />
        ))}
      {isFiltered(params) && (
        <Button type="link" size="small" onClick={() => apply('')}>
          {t(CLEAR)}
        </Button>
      )}
      <span className="tools">
        <Views path={path} params={params} apply={apply} />
        <Popover
          trigger="click"
          placement="bottomRight"
          content={
            <Checkbox.Group
              className="column-choice"
              value={columns.chosen}
              onChange={chosen => columns.choose(columns.offered.filter(member => chosen.includes(member)))}
              options={columns.offered.map(value => ({ value, label: t(nameOf(lastOf(value))) }))}
            />
          }>
          <Button icon={<SettingOutlined />} aria-label={t(COLUMNS)} title={t(COLUMNS)} />
        </Popover>
        <Export path={path} at={at} query={query} members={columns.chosen} />
        <Button icon={<PrinterOutlined />} aria-label={t(PRINT)} title={t(PRINT)} onClick={() => window.print()} />
      </span>
    </div>
  );
}

const TYPING_MS = 250;

function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useText();
  const input = useRef<InputRef>(null);
  const [typed, setTyped] = useState(value);
  const tell = useRef(onChange);
  tell.current = onChange; // what else was chosen meanwhile stays
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const later = setTimeout(() => tell.current(typed), TYPING_MS);
    return () => clearTimeout(later);
  }, [typed]); // eslint-disable-line react-hooks/exhaustive-deps
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || /INPUT|TEXTAREA/.test((event.target as HTMLElement).tagName)) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);
  return (
    <Input.Search
      ref={input}
      className="list-search"
      value={typed}
      allowClear
      placeholder={t(SEARCH)}
      aria-label={t(nameOf('search'))}
      onChange={event => setTyped(event.target.value)}
      onSearch={onChange}
    />
  );
}

/** Views that a user has kept under a name. */
function Views({ path, params, apply }: { path: string; params: URLSearchParams; apply: (search: string) => void }) {
  const t = useText();
  const [views, setViews] = useState(() => viewsOf(path));
  const [name, setName] = useState('');
  const keep = () => {
    if (!name.trim()) return;
    const next = [...views.filter(view => view.name !== name.trim()), { name: name.trim(), search: viewOf(params) }];
    keepViews(path, next);
    setViews(next);
    setName('');
  };
  const drop = (gone: string) => {
    const next = views.filter(view => view.name !== gone);
    keepViews(path, next);
    setViews(next);
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="step-line">
          {views.map(view => (
            <div key={view.name} className="view-line">
              <Button type="link" size="small" onClick={() => apply(view.search)}>
                {view.name}
              </Button>
              <Button type="text" size="small" aria-label={`× ${view.name}`} onClick={() => drop(view.name)}>
                ×
              </Button>
            </div>
          ))}
          <Input
            size="small"
            value={name}
            placeholder={t(VIEW_NAME)}
            aria-label={t(VIEW_NAME)}
            onChange={event => setName(event.target.value)}
            onPressEnter={keep}
          />
          <Button size="small" type="primary" disabled={!name.trim()} onClick={keep}>
            {t(KEEP)}
          </Button>
        </div>
      }>
      <Button icon={<StarOutlined />} aria-label={t(VIEWS)} title={t(VIEWS)} />
    </Popover>
  );
}

/** All rows that match, not only those of the page. */
export function Export({ path, at, query, members }: { path: string; at?: object; query: object; members: string[] }) {
  const t = useText();
  const { message, notification } = App.useApp();
  const begin = async (kind: 'csv' | 'xlsx') => {
    const stop = new AbortController();
    const key = `export ${path}`;
    const tell = (count: number) =>
      notification.open({
        key,
        title: t(EXPORT),
        description: <Progress percent={100} status="active" format={() => count} />,
        duration: 0,
        actions: (
          <Button size="small" onClick={() => stop.abort()}>
            {t(STOP)}
          </Button>
        ),
      });
    try {
      tell(0);
      const rows = (await readAll(addressOf(path, at), {
        query: { ...query, after: undefined, size: undefined },
        progress: tell,
        signal: stop.signal,
      })) as Record<string, unknown>[];
      const known = membersOf(path);
      const columns = members.map(member => ({ member, schema: known[member] ?? {} }));
      const name = `${path.split('/').at(-1)}-${dayjs().format('YYYYMMDD-HHmm')}`;
      download(kind === 'csv' ? csvOf(rows, columns) : await xlsxOf(rows, columns), `${name}.${kind}`);
      void message.success(t(EXPORTED, { count: rows.length }));
    } catch (problem) {
      if (!stop.signal.aborted) void message.error(wordsOf(problem));
    } finally {
      notification.destroy(key);
    }
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'csv', label: 'CSV' },
          { key: 'xlsx', label: 'Excel (XLSX)' },
        ],
        onClick: ({ key }) => void begin(key as 'csv' | 'xlsx'),
      }}>
      <Button icon={<DownloadOutlined />} aria-label={t(EXPORT)} title={t(EXPORT)} />
    </Dropdown>
  );
}
