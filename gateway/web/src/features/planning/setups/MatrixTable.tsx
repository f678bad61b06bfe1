import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';
import { durationOf } from '@/lib/duration';
import { useText, type Text } from '@/lib/text';
import { keyOf, otherwiseOf, removeFamily, setCell, type Matrix } from './matrix';
import { MatrixCell } from './MatrixCell';

const FROM_TO: Text = ['换前 ↓ 换后 →', 'from ↓ to →'];
const PASTE: Text = ['在此粘贴', 'Paste here'];
const PASTE_ALL: Text = ['在此粘贴 Excel 中的整张表', 'Paste a whole table of Excel here'];
const CHANGE: Text = ['{from} 换 {to}', '{from} to {to}'];
const OTHERWISE: Text = ['{change}，默认 {time}', '{change}, by default {time}'];
const REMOVE: Text = ['移除 {family}', 'Remove {family}'];
export const NO_TIME: Text = ['“{written}”不是时间。如 15 min、1:30、90 s', '“{written}” is no time. Such as 15 min, 1:30, 90 s'];

interface MatrixTableProps {
  matrix: Matrix;
  isReadOnly: boolean;
  apply: (change: (matrix: Matrix) => Matrix) => void;
  paste: (text: string, at: { from: string; to: string } | null) => void;
}

/** Families by families: rows before, columns after. In the corner a whole table is pasted. */
export function MatrixTable({ matrix, isReadOnly, apply, paste }: MatrixTableProps) {
  const t = useText();
  const table = useRef<HTMLTableElement>(null);
  const { families, cells } = matrix;
  const go = (row: number, column: number) =>
    table.current?.querySelector<HTMLInputElement>(`[data-at="${row},${column}"]`)?.focus();
  return (
    <div className="matrix-scroll">
      <table className="matrix" ref={table}>
        <thead>
          <tr>
            <td className="matrix-corner">
              <span className="muted">{t(FROM_TO)}</span>
              {!isReadOnly && (
                <input
                  className="matrix-cell"
                  aria-label={t(PASTE_ALL)}
                  placeholder={t(PASTE)}
                  value=""
                  onChange={() => {}}
                  onPaste={event => {
                    event.preventDefault();
                    paste(event.clipboardData.getData('text/plain'), null);
                  }}
                />
              )}
            </td>
            {families.map(to => (
              <th key={to} scope="col" title={to}>
                {to}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {families.map((from, row) => (
            <tr key={from}>
              <th scope="row" title={from}>
                <span>{from}</span>
                {!isReadOnly && (
                  <Button
                    type="text"
                    size="small"
                    tabIndex={-1}
                    icon={<CloseOutlined />}
                    aria-label={t(REMOVE, { family: from })}
                    title={t(REMOVE, { family: from })}
                    onClick={() => apply(removeFamily(from))}
                  />
                )}
              </th>
              {families.map((to, column) => {
                const cell = cells[keyOf(from, to)];
                const change = t(CHANGE, { from, to });
                const otherwise = otherwiseOf(matrix, from, to);
                return (
                  <td key={to} className={from === to ? 'same' : undefined}>
                    <MatrixCell
                      label={cell === undefined ? t(OTHERWISE, { change, time: durationOf(otherwise) }) : change}
                      wrong={t(NO_TIME, { written: cell ?? '' })}
                      at={[row, column]}
                      set={next => apply(setCell(from, to, next))}
                      paste={text => paste(text, { from, to })}
                      {...{ cell, otherwise, isReadOnly, go }}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
