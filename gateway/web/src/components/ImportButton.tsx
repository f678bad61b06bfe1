import { UploadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Input, Progress, Upload } from 'antd';
import { useRef, useState } from 'react';
import type { Method, Path } from '@/lib/api/api';
import {
  columnsOf,
  LINE_OF_FIRST_ROW,
  membersOf,
  readRows,
  sendRows,
  toCheck,
  type ImportRow,
  type Member,
  type Sheet,
  type Target,
} from '@/lib/import/plan';
import { download } from '@/lib/files';
import { readFile, readText, ROWS_MAX, type ReadTable } from '@/lib/import/readTable';
import { useMay } from '@/lib/session';
import { csvOf } from '@/lib/tableFile';
import { useText, type Text, type Values } from '@/lib/text';
import { ImportPreview, titleIn } from './ImportPreview';

const IMPORT: Text = ['导入', 'Import'];
const DROP: Text = ['把 CSV 或 Excel 文件拖到这里，或点击选择', 'Drop a CSV or Excel file here, or click to choose one'];
const OR_PASTE: Text = ['或从 Excel 复制后粘贴到这里（含表头）', 'Or paste from Excel here, with its headings'];
const TEMPLATE: Text = ['下载模板', 'Download a template'];
const TOO_MANY: Text = ['最多 {max} 行', 'At most {max} rows'];
const UNREADABLE: Text = ['无法读取此文件', 'This file cannot be read'];
const CHECKED: Text = [
  '共 {all} 行：{fine} 行可导入，{wrong} 行有错误',
  '{all} rows: {fine} can be imported, {wrong} have errors',
];
const WRITTEN: Text = ['已导入 {count} 行', '{count} rows are imported'];
const WRITE: Text = ['导入 {count} 行', 'Import {count} rows'];
const UNTAKEN: Text = [
  '未识别的列：{columns}。请在表头选择对应的项目，否则不导入',
  'Columns that are not known: {columns}. Choose in the heading what they are, or they are not taken',
];
const SHOW: Text = ['查看列表', 'Show the list'];
const CHECK: Text = ['检查', 'Check'];
const STOP: Text = ['停止', 'Stop'];
const OTHER: Text = ['换一个文件', 'Another file'];
const WRONG_ROWS: Text = ['下载有错误的行', 'Download the rows with errors'];
const CHECKING: Text = ['正在检查（不写入）', 'Checking; nothing is written'];
const WRITING: Text = ['正在导入', 'Importing'];

interface ImportButtonProps<M extends Method> {
  method: M;
  path: Path<M>;
  address: string[];
  /** What says besides which record it is. */
  inQuery?: string[];
  /** The member that no two rows may have alike. */
  unique?: string;
  /** Lists of the record whose items stand row by row. */ lists?: string[];
  titles?: Record<string, Text>;
  /** How a record of several layers lies flat. */ sheet?: Sheet;
  /** Members that are not offered. */ without?: string[];
  /** What an import does besides. */ note?: Text;
}

/** Rows from a file or from the clipboard: checked cell by cell and by a dry run, and only then written, each once. */
export function ImportButton<M extends Method>({ method, path, without = [], note, ...how }: ImportButtonProps<M>) {
  const t = useText();
  const may = useMay();
  const [isOpen, setIsOpen] = useState(false);
  if (!may(method, path)) return null;
  return (
    <>
      <Button icon={<UploadOutlined />} onClick={() => setIsOpen(true)}>
        {t(IMPORT)}
      </Button>
      <Drawer title={t(IMPORT)} size="min(1180px, 96vw)" open={isOpen} onClose={() => setIsOpen(false)} destroyOnHidden>
        {note && <Alert className="gap" type="info" showIcon title={t(note)} />}
        <Import target={{ method, path, ...how }} without={without} close={() => setIsOpen(false)} />
      </Drawer>
    </>
  );
}

function Import({ target, without, close }: { target: Target; without: string[]; close: () => void }) {
  const t = useText();
  const client = useQueryClient();
  const { message } = App.useApp();
  const members = membersOf(target).filter(member => !without.includes(member.name));
  const [table, setTable] = useState<ReadTable | null>(null);
  const [columns, setColumns] = useState<(string | undefined)[]>([]);
  const [rows, setRows] = useState<ImportRow[]>([]);
  const [work, setWork] = useState<{ name: Text; done: number; of: number } | null>(null);
  const stop = useRef(new AbortController());

  const send = async (all: ImportRow[], chosen: ImportRow[], isDryRun: boolean) => {
    stop.current = new AbortController();
    const next = [...all];
    let done = 0;
    setWork({ name: isDryRun ? CHECKING : WRITING, done, of: chosen.length });
    const told = (row: ImportRow) => {
      next[row.line - LINE_OF_FIRST_ROW] = row;
      done++;
      if (done % 25 === 0) setWork({ name: isDryRun ? CHECKING : WRITING, done, of: chosen.length });
    };
    await sendRows(chosen, target, isDryRun, told, stop.current.signal);
    setRows(next);
    setWork(null);
    if (!isDryRun) {
      void message.success(t(WRITTEN, { count: next.filter(row => row.state === 'written').length }));
      await client.invalidateQueries();
    }
  };
  const check = (read: ReadTable, mapped: (string | undefined)[]) => {
    const next = readRows(read, mapped, members, target);
    setColumns(mapped);
    setRows(next);
    void send(next, toCheck(next, members, target), true);
  };
  const take = async (reading: Promise<ReadTable>) => {
    try {
      const read = await reading;
      if (read.rows.length > ROWS_MAX) {
        void message.error(t(TOO_MANY, { max: ROWS_MAX }));
        return;
      }
      setTable(read);
      check(read, columnsOf(read, members));
    } catch {
      void message.error(t(UNREADABLE));
    }
  };

  const untaken = (table?.head ?? []).filter((_, index) => !columns[index]);
  if (!table) return <Source members={members} take={take} />;
  const fine = rows.filter(row => row.state === 'fine');
  const wrong = rows.filter(row => row.state === 'wrong' || row.state === 'refused');
  const written = rows.filter(row => row.state === 'written').length;
  return (
    <>
      {work ? (
        <div className="bar">
          <span>{t(work.name)}</span>
          <Progress
            className="grow"
            percent={Math.round((work.done / Math.max(work.of, 1)) * 100)}
            format={() => `${work.done} / ${work.of}`}
          />
          <Button onClick={() => stop.current.abort()}>{t(STOP)}</Button>
        </div>
      ) : (
        <>
          <Alert
            className="gap"
            showIcon
            type={wrong.length ? 'warning' : 'success'}
            title={
              written ? t(WRITTEN, { count: written }) : t(CHECKED, { all: rows.length, fine: fine.length, wrong: wrong.length })
            }
          />
          {untaken.length > 0 && (
            <Alert className="gap" showIcon type="info" title={t(UNTAKEN, { columns: untaken.join(', ') })} />
          )}
          <div className="bar">
            {written > 0 && fine.length === 0 ? (
              <Button type="primary" onClick={close}>
                {t(SHOW)}
              </Button>
            ) : (
              <Button type="primary" disabled={fine.length === 0} onClick={() => void send(rows, fine, false)}>
                {t(WRITE, { count: fine.length })}
              </Button>
            )}
            <Button
              onClick={() => {
                setTable(null);
                setRows([]);
              }}>
              {t(OTHER)}
            </Button>
            {wrong.length > 0 && (
              <Button onClick={() => download(wrongRows(table, wrong, members, t), 'errors.csv')}>{t(WRONG_ROWS)}</Button>
            )}
          </div>
        </>
      )}
      <ImportPreview
        table={table}
        rows={rows}
        wrong={wrong}
        columns={columns}
        members={members}
        map={(column, member) =>
          check(
            table,
            columns.map((one, index) => (index === column ? member : one === member ? undefined : one)),
          )
        }
      />
    </>
  );
}

function Source({ members, take }: { members: Member[]; take: (reading: Promise<ReadTable>) => Promise<void> }) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const template = () =>
    download(
      csvOf(
        [],
        members.map(({ name, title, schema }) => ({ member: name, title, schema })),
      ),
      'template.csv',
    );
  return (
    <div className="sections">
      <Upload.Dragger
        accept=".csv,.txt,.tsv,.xlsx"
        showUploadList={false}
        beforeUpload={file => {
          void take(readFile(file));
          return false;
        }}>
        <p>
          <UploadOutlined /> {t(DROP)}
        </p>
      </Upload.Dragger>
      <Input.TextArea
        rows={6}
        placeholder={t(OR_PASTE)}
        aria-label={t(OR_PASTE)}
        id="paste"
        value={typed}
        onChange={event => setTyped(event.target.value)}
        onPaste={event => {
          const text = event.clipboardData.getData('text/plain');
          if (!/\n/.test(text.trim())) return;
          event.preventDefault();
          void take(Promise.resolve().then(() => readText(text)));
        }}
      />
      <div className="bar">
        <Button type="primary" disabled={!typed.trim()} onClick={() => void take(Promise.resolve().then(() => readText(typed)))}>
          {t(CHECK)}
        </Button>
        <Button onClick={template}>{t(TEMPLATE)}</Button>
        <span className="muted">
          {members.map(({ title, isRequired }) => `${t(title)}${isRequired ? ' *' : ''}`).join(' · ')}
        </span>
      </div>
    </div>
  );
}

const wrongRows = (table: ReadTable, rows: ImportRow[], members: Member[], t: (text: Text, values?: Values) => string) =>
  csvOf(
    rows.map(row => ({
      ...Object.fromEntries(table.head.map((heading, index) => [heading, row.cells[index]])),
      error: Object.entries(row.errors)
        .map(([name, error]) => `${titleIn(members, name, t)}${typeof error === 'string' ? error : t(error)}`)
        .join('; '),
    })),
    [...table.head, 'error'].map(member => ({ member, title: [member, member] as const, schema: {} })),
  );
