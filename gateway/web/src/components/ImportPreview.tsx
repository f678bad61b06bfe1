import { Segmented, Select, Table } from 'antd';
import { useState } from 'react';
import type { ImportRow, Member } from '@/lib/import/plan';
import type { ReadTable } from '@/lib/import/readTable';
import { useText, type Text, type Values } from '@/lib/text';

const NOT_TAKEN: Text = ['不导入', 'Not taken'];
const LINE: Text = ['行', 'Line'];
const ALL: Text = ['全部', 'All'];
const WRONG: Text = ['有错误', 'With errors'];
const BEFORE: Text = ['{member}：', '{member}: '];
const ERROR: Text = ['错误', 'Error'];

interface PreviewProps {
  table: ReadTable;
  rows: ImportRow[];
  wrong: ImportRow[];
  columns: (string | undefined)[];
  members: Member[];
  map: (column: number, member: string | undefined) => void;
}

/** What a member is called, before what is wrong with it. */
export const titleIn = (members: Member[], name: string, t: (text: Text, values?: Values) => string) => {
  const member = members.find(one => one.name === name);
  return name ? t(BEFORE, { member: member ? t(member.title) : name }) : '';
};

/** The rows as they were read, with what is wrong at its cell. */
export function ImportPreview({ table, rows, wrong, columns, members, map }: PreviewProps) {
  const t = useText();
  const [onlyWrong, setOnlyWrong] = useState(false);
  const say = (error: Text | string | undefined) => error && (typeof error === 'string' ? error : t(error));
  const elsewhere = (row: ImportRow) =>
    Object.entries(row.errors)
      .filter(([name]) => !columns.includes(name))
      .map(([name, error]) => `${titleIn(members, name, t)}${say(error)}`)
      .join('; ');
  return (
    <>
      <Segmented
        className="gap"
        value={onlyWrong ? 'wrong' : 'all'}
        onChange={value => setOnlyWrong(value === 'wrong')}
        options={[
          { value: 'all', label: `${t(ALL)} ${rows.length}` },
          { value: 'wrong', label: `${t(WRONG)} ${wrong.length}` },
        ]}
      />
      <Table<ImportRow>
        size="small"
        virtual
        pagination={false}
        rowKey="line"
        dataSource={onlyWrong ? wrong : rows}
        scroll={{ y: 460, x: 70 + table.head.length * 160 + 260 }}
        columns={[
          {
            title: t(LINE),
            width: 70,
            render: (_, row) => <span className={`tag ${TONE_OF[row.state]}`}>{row.line}</span>,
          },
          ...(wrong.some(row => elsewhere(row) !== '')
            ? [
                {
                  title: t(ERROR),
                  width: 260,
                  render: (_: unknown, row: ImportRow) => <span className="wrong-cell">{elsewhere(row)}</span>,
                },
              ]
            : []),
          ...table.head.map((heading, column) => ({
            width: 160,
            title: (
              <>
                {heading}
                <br />
                <Select
                  size="small"
                  className="full"
                  value={columns[column]}
                  allowClear
                  placeholder={t(NOT_TAKEN)}
                  aria-label={heading}
                  onChange={member => map(column, member)}
                  options={members.map(({ name, title }) => ({ value: name, label: t(title) }))}
                />
              </>
            ),
            render: (_: unknown, row: ImportRow) => {
              const error = columns[column] && say(row.errors[columns[column]]);
              return error ? (
                <span className="wrong-cell">
                  <del>{row.cells[column]}</del> {error}
                </span>
              ) : (
                row.cells[column]
              );
            },
          })),
        ]}
      />
    </>
  );
}

const TONE_OF: Record<ImportRow['state'], string> = {
  wrong: 'bad',
  refused: 'bad',
  ready: 'calm',
  fine: 'good',
  written: 'good',
};
