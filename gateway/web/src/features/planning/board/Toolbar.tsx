import { AimOutlined, BarChartOutlined, HistoryOutlined, QuestionCircleOutlined, TableOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Checkbox, Input, Popover, Segmented, Select, Tooltip } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useAppearance } from '@/lib/appearance';
import { boardDark, boardLight } from '@/lib/colours';
import { useText, type Text } from '@/lib/text';
import type { Zoom } from './axis';
import { COLOURINGS, latenessColours, stateColours, type Colouring } from './colouring';
import type { Arrangement, Plan, Unit } from './plan';
import { COLOURING_NAMES, LATENESS_NAMES, nameOf, STATE_NAMES, ZOOM_NAMES } from './words';

const EQUIPMENT: Text = ['按设备', 'By equipment'];
const ORDER: Text = ['按工单', 'By order'];
const NOW: Text = ['现在', 'Now'];
const SEARCH: Text = ['查找工单、工序或产品', 'Find an order, operation or product'];
const ALL_CENTERS: Text = ['全部工作中心', 'All work centers'];
const CENTERS: Text = ['工作中心', 'Work center'];
const LATE: Text = ['仅延误', 'Late only'];
const LOAD: Text = ['负荷图', 'Load'];
const PAST: Text = ['实绩：计划与实际', 'Actual: what was planned, and what happened'];
const TABLE: Text = ['表格', 'Table'];
const HELP: Text = ['操作方法', 'How to use the board'];
const ZOOM: Text = ['缩放', 'Zoom'];
const VIEW: Text = ['视图', 'View'];
const COLOUR: Text = ['颜色', 'Colour'];
const ROWS: Text = ['行', 'Rows'];
const HELPS: readonly Text[] = [
  [
    '滚轮：缩放；拖动空白处：平移；Shift+滚轮或在左侧滚动：上下',
    'Wheel: zoom. Drag the ground: pan. Shift+wheel, or the wheel over the names: up and down',
  ],
  [
    '单击：选中；Ctrl+单击：多选；Shift+拖动空白处：框选',
    'Click: choose. Ctrl+click: choose several. Shift+drag the ground: choose with a frame',
  ],
  [
    '拖动工序：改时间或设备（绿色行可用）；放到另一道工序中央：互换',
    'Drag a bar: another time or equipment (green rows can do it). Drop it on the middle of another: both change places',
  ],
  [
    '方向键：逐道移动选择；Enter：打开；Alt+方向键：移动工序；Home：现在；+ −：缩放',
    'Arrows: from bar to bar. Enter: open. Alt+arrows: move the bar. Home: now. + −: zoom',
  ],
  ['Ctrl+Z / Ctrl+Y：撤销、重做；L：锁定或解锁', 'Ctrl+Z, Ctrl+Y: undo, redo. L: lock or unlock'],
];
const FOUND_MAX = 12;

export interface Wanted {
  workCenter: string | null;
  isLateOnly: boolean;
}
interface Chosen {
  by: Arrangement;
  colouring: Colouring;
  hasLoad: boolean;
  hasPast: boolean;
  isTable: boolean;
}
interface ToolbarProps {
  choices: Chosen;
  choose: (change: Partial<Chosen>) => void;
  wanted: Wanted;
  want: (wanted: Wanted) => void;
  units: readonly Unit[];
  plan: Plan;
  zoom: Zoom;
  zoomTo: (zoom: Zoom) => void;
  toNow: () => void;
  jump: (id: string) => void;
}

/** How the plan is looked at. */
export function Toolbar({ choices, choose, wanted, want, units, plan, zoom, zoomTo, toNow, jump }: ToolbarProps) {
  const t = useText();
  const centers = [...new Set(units.flatMap(unit => unit.workCenter ?? []))].sort();
  return (
    <div className="board-tools" role="toolbar" aria-label={t(VIEW)}>
      <Segmented<Arrangement>
        aria-label={t(ROWS)}
        value={choices.by}
        onChange={by => choose({ by })}
        options={[
          { value: 'equipment', label: t(EQUIPMENT) },
          { value: 'order', label: t(ORDER) },
        ]}
      />
      <Segmented
        aria-label={t(ZOOM)}
        value={zoom}
        onChange={zoomTo}
        options={(Object.keys(ZOOM_NAMES) as Zoom[]).map(value => ({ value, label: t(ZOOM_NAMES[value]) }))}
      />
      <Button icon={<AimOutlined />} onClick={toNow}>
        {t(NOW)}
      </Button>
      <Select
        aria-label={t(COLOUR)}
        value={choices.colouring}
        onChange={colouring => choose({ colouring })}
        popupMatchSelectWidth={false}
        options={COLOURINGS.map(value => ({ value, label: t(COLOURING_NAMES[value]) }))}
      />
      {centers.length > 1 && (
        <Select
          aria-label={t(CENTERS)}
          value={wanted.workCenter ?? ''}
          onChange={code => want({ ...wanted, workCenter: code || null })}
          popupMatchSelectWidth={false}
          options={[{ value: '', label: t(ALL_CENTERS) }, ...centers.map(code => ({ value: code, label: code }))]}
        />
      )}
      <Checkbox checked={wanted.isLateOnly} onChange={event => want({ ...wanted, isLateOnly: event.target.checked })}>
        {t(LATE)}
      </Checkbox>
      <Find plan={plan} jump={jump} />
      <Legend colouring={choices.colouring} />
      <span className="grow" />
      <Toggle name={LOAD} icon={<BarChartOutlined />} isOn={choices.hasLoad} set={hasLoad => choose({ hasLoad })} />
      <Toggle name={PAST} icon={<HistoryOutlined />} isOn={choices.hasPast} set={hasPast => choose({ hasPast })} />
      <Toggle name={TABLE} icon={<TableOutlined />} isOn={choices.isTable} set={isTable => choose({ isTable })} />
      <Popover
        trigger="click"
        title={t(HELP)}
        content={
          <ul className="board-help">
            {HELPS.map(help => (
              <li key={help[1]}>{t(help)}</li>
            ))}
          </ul>
        }>
        <Button aria-label={t(HELP)} icon={<QuestionCircleOutlined />} type="text" />
      </Popover>
    </div>
  );
}

interface ToggleProps {
  name: Text;
  icon: ReactNode;
  isOn: boolean;
  set: (isOn: boolean) => void;
}

function Toggle({ name, icon, isOn, set }: ToggleProps) {
  const t = useText();
  return (
    <Tooltip title={t(name)}>
      <Button
        aria-label={t(name)}
        aria-pressed={isOn}
        type={isOn ? 'primary' : 'default'}
        ghost={isOn}
        icon={icon}
        onClick={() => set(!isOn)}
      />
    </Tooltip>
  );
}

/** Jumps to what is found; the first of it by Enter, the next by Enter again. */
function Find({ plan, jump }: { plan: Plan; jump: (id: string) => void }) {
  const t = useText();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const found = useMemo(() => {
    const asked = text.trim().toLowerCase();
    if (asked === '') return [];
    const names = [...plan.bars.values()].filter(bar => `${nameOf(bar)} ${bar.product}`.toLowerCase().includes(asked));
    return names.sort((one, other) => one.start - other.start);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the plan says by its revision that it changed
  }, [text, plan, plan.revision]);
  const type = (next: string) => {
    setText(next);
    setAt(0);
    setIsOpen(next !== '');
  };
  const go = (index: number) => {
    const bar = found[index % Math.max(1, found.length)];
    if (!bar) return;
    setAt(index + 1);
    setIsOpen(false);
    jump(bar.id);
  };
  return (
    <AutoComplete
      className="board-find"
      value={text}
      open={isOpen && found.length > 0}
      onBlur={() => setIsOpen(false)}
      onSearch={type}
      onChange={next => next === '' && type('')}
      onSelect={id => go(found.findIndex(bar => bar.id === id))}
      options={found.slice(0, FOUND_MAX).map(bar => ({ value: bar.id, label: `${nameOf(bar)} · ${bar.equipment}` }))}>
      <Input.Search
        allowClear
        placeholder={t(SEARCH)}
        aria-label={t(SEARCH)}
        suffix={
          text && <span className="muted">{`${found.length ? (((at || 1) - 1) % found.length) + 1 : 0}/${found.length}`}</span>
        }
        onSearch={() => go(at)}
      />
    </AutoComplete>
  );
}

/** What the colours of states say. */
function Legend({ colouring }: { colouring: Colouring }) {
  const t = useText();
  const { isDark } = useAppearance();
  const colours = isDark ? boardDark : boardLight;
  const entries: [string, Text][] =
    colouring === 'state'
      ? Object.entries(stateColours(colours)).map(([state, colour]) => [colour, STATE_NAMES[state as keyof typeof STATE_NAMES]])
      : colouring === 'lateness'
        ? Object.entries(latenessColours(colours)).map(([late, colour]) => [
            colour,
            LATENESS_NAMES[late as keyof typeof LATENESS_NAMES],
          ])
        : [];
  return (
    <span className="board-legend">
      {entries.map(([colour, name]) => (
        <span key={colour + name[1]}>
          <i style={{ background: colour }} /> {t(name)}
        </span>
      ))}
    </span>
  );
}
