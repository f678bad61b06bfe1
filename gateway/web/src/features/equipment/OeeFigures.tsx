import { Link, useNavigate } from 'react-router';
import { Loaded } from '@/components/Page';
import { SheetTable } from '@/components/SheetTable';
import { Value } from '@/components/Value';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { dateTime, number, useText, zoneNow, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { RatioTiles } from './Ratios';

const ZONE: Text = ['时间按 {zone} 时区显示', 'Times are those of {zone}'];
const RATIOS = ['availability', 'effectiveness', 'quality', 'oee', 'nee', 'scrapRatio', 'setupRatio'] as const;

interface Window {
  from: string;
  to: string;
}

/** ISO 22400 figures of one unit, and shift by shift; a shift leads to what it is made of. */
export function OeeFigures({ code, window }: { code: string; window: Window }) {
  const t = useText();
  const navigate = useNavigate();
  const oee = useRead('/api/equipment/units/{code}/oee', { path: { code }, query: window });
  const shiftAt = (row: { shift: string; countedFrom: string; countedTo: string }) =>
    addressOf('/units/shift', {}, { code, shift: row.shift, from: row.countedFrom, to: row.countedTo });
  return (
    <Loaded reading={oee}>
      {data => (
        <div className="sections">
          <RatioTiles figures={data.figures} ratios={RATIOS} isUpToDate={data.isUpToDate} />
          <p className="muted">{t(ZONE, { zone: zoneNow() })}</p>
          <SheetTable
            pagination={{ pageSize: 21, hideOnSinglePage: true }}
            rowKey={row => row.startsAt + row.shift}
            dataSource={[...data.shifts].reverse()}
            onRow={row => ({ className: 'opens', onClick: () => void navigate(shiftAt(row)) })}
            columns={[
              { title: t(nameOf('shift')), render: (_, row) => <Link to={shiftAt(row)}>{row.shift}</Link> },
              { title: t(nameOf('startsAt')), render: (_, row) => dateTime(row.startsAt) },
              { title: t(nameOf('endsAt')), render: (_, row) => dateTime(row.endsAt) },
              ...RATIOS.map(ratio => ({
                title: t(nameOf(ratio)),
                align: 'right' as const,
                render: (_: unknown, row: (typeof data.shifts)[number]) => <Value schema={{}} value={row.figures[ratio]} />,
              })),
              { title: t(nameOf('good')), align: 'right', render: (_, row) => number(row.figures.inputs.good) },
              { title: t(nameOf('scrap')), align: 'right', render: (_, row) => number(row.figures.inputs.scrap) },
            ]}
          />
        </div>
      )}
    </Loaded>
  );
}
