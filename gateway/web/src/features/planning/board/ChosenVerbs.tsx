import {
  LockOutlined,
  MinusCircleOutlined,
  UnlockOutlined,
  VerticalLeftOutlined,
  VerticalRightOutlined,
} from '@ant-design/icons';
import { Button, DatePicker, Select, Space } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useEffect, useState } from 'react';
import { useText, type Text } from '@/lib/text';
import { fixedBy } from './drag';
import type { Bar } from './plan';
import { stepOf, type Drafting, type Step } from './useDraft';
import { refusalInWords } from './words';

const LOCK: Text = ['锁定', 'Lock'];
const UNLOCK: Text = ['解锁', 'Unlock'];
const UNPLAN: Text = ['移出计划', 'Take out of the plan'];
const EARLIEST: Text = ['工单尽早', 'Order as early as it can be'];
const LATEST: Text = ['工单尽晚', 'Order as late as its due date allows'];
const MOVE: Text = ['移动', 'Move'];
const EQUIPMENT: Text = ['设备', 'Equipment'];
const START: Text = ['开始', 'Start'];

interface ChosenVerbsProps {
  bars: readonly Bar[];
  drafting: Drafting;
  toggleLock: () => void;
}

/** What can be done with what is chosen; what is typed is as good as what is dragged. */
export function ChosenVerbs({ bars, drafting, toggleLock }: ChosenVerbsProps) {
  const t = useText();
  const [only] = bars;
  if (!drafting.mayMove || !only) return null;
  const ids = bars.map(bar => bar.id);
  const take = (step: Step) => void drafting.take(step);
  const isLocked = bars.every(bar => bar.isLocked);
  return (
    <div className="board-verbs">
      <Space wrap size={6}>
        <Button
          size="small"
          disabled={drafting.isBusy}
          icon={isLocked ? <UnlockOutlined /> : <LockOutlined />}
          onClick={toggleLock}>
          {t(isLocked ? UNLOCK : LOCK)}
        </Button>
        <Button
          size="small"
          disabled={drafting.isBusy}
          icon={<MinusCircleOutlined />}
          onClick={() => take(stepOf('Unplan', { operationIds: ids }))}>
          {t(UNPLAN)}
        </Button>
        {bars.every(bar => bar.orderId === only.orderId) && (
          <>
            <Button
              size="small"
              disabled={drafting.isBusy}
              icon={<VerticalRightOutlined />}
              onClick={() => take(stepOf('PlaceOrder', { orderId: only.orderId, side: 'Earliest' }))}>
              {t(EARLIEST)}
            </Button>
            {only.due !== null && (
              <Button
                size="small"
                disabled={drafting.isBusy}
                icon={<VerticalLeftOutlined />}
                onClick={() => take(stepOf('PlaceOrder', { orderId: only.orderId, side: 'Latest' }))}>
                {t(LATEST)}
              </Button>
            )}
          </>
        )}
      </Space>
      {bars.length === 1 && <Typed bar={only} drafting={drafting} />}
    </div>
  );
}

function Typed({ bar, drafting }: { bar: Bar; drafting: Drafting }) {
  const t = useText();
  const [equipment, setEquipment] = useState(bar.equipment);
  const [start, setStart] = useState<Dayjs>(dayjs(bar.start));
  useEffect(() => {
    setEquipment(bar.equipment);
    setStart(dayjs(bar.start));
  }, [bar.id, bar.equipment, bar.start]);
  const fixed = fixedBy(bar);
  if (fixed) return <p className="muted">{refusalInWords(fixed)}</p>;
  const isElsewhere = equipment !== bar.equipment || start.valueOf() !== bar.start;
  const place = { operationId: bar.id, equipment, startsAt: start.toISOString() };
  return (
    <Space.Compact block>
      <Select
        aria-label={t(EQUIPMENT)}
        size="small"
        value={equipment}
        onChange={setEquipment}
        popupMatchSelectWidth={false}
        options={bar.allowed.map(code => ({ value: code, label: code }))}
      />
      <DatePicker
        aria-label={t(START)}
        size="small"
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowClear={false}
        value={start}
        onChange={next => next && setStart(next)}
      />
      <Button
        size="small"
        type="primary"
        disabled={!isElsewhere || drafting.isBusy}
        onClick={() => void drafting.take(stepOf('Move', { operations: [place] }))}>
        {t(MOVE)}
      </Button>
    </Space.Compact>
  );
}
