import { Table, type TableProps } from 'antd';
import { useEffect, useRef } from 'react';

/** What scrolls sideways is reached by the keyboard too. */
export function useScrollByKeys<E extends HTMLElement>() {
  const host = useRef<E>(null);
  useEffect(() => {
    host.current?.querySelectorAll<HTMLElement>('.ant-table-content, .ant-table-body').forEach(region => {
      region.tabIndex = 0;
    });
  });
  return host;
}

/** The rows of a record, which are all there: no paging, no search. */
export function SheetTable<Row extends object>(props: TableProps<Row>) {
  const host = useScrollByKeys<HTMLDivElement>();
  return (
    <div className="sheet" ref={host}>
      <Table<Row> size="small" pagination={false} scroll={{ x: 'max-content' }} {...props} />
    </div>
  );
}
