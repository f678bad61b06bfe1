import { Button, Form, Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { Export } from '@/components/ListBar';
import { Lookup } from '@/components/Lookup';
import { Page } from '@/components/Page';
import { SOURCES } from '@/lib/lookups';
import { useText, type Text } from '@/lib/text';
import { tracedAddress } from '@/lib/traced';
import { nameOf } from '@/lib/words/words';
import { LotTree } from './LotTree';

const TITLE: Text = ['追溯', 'Genealogy'];
const UP: Text = ['来源（由什么制成）', 'Made from'];
const DOWN: Text = ['去向（用在哪里）', 'Went into'];
const ASK: Text = ['请选择物料和批次', 'Choose a material and a lot'];
const FOLLOW: Text = ['追溯', 'Follow'];
const LIST: Text = ['列表', 'List'];
const TREE: Text = ['树', 'Tree'];
const COLUMNS = ['depth', 'fromMaterial', 'fromLot', 'fromSerial', 'material', 'lot', 'serial', 'quantity', 'order'] as const;

/** Where a lot, or one piece of it, came from, and where it went. */
export function Component() {
  const t = useText();
  const [params, setParams] = useSearchParams();
  const [material, lot] = [params.get('material') ?? '', params.get('lot') ?? ''];
  const serial = params.get('serial') ?? '';
  const way = params.get('way') === 'down' ? 'down' : 'up';
  const shape = params.get('shape') === 'list' ? 'list' : 'tree';
  const set = (changes: object) => setParams(new URLSearchParams({ material, lot, serial, way, shape, ...changes }));
  const asked = { material, lot, serial: serial || undefined };
  const path = way === 'up' ? '/api/work-orders/genealogy/up' : '/api/work-orders/genealogy/down';
  return (
    <Page title={TITLE}>
      <Form
        className="bar"
        layout="inline"
        key={material + lot + serial}
        initialValues={{ material, lot, serial }}
        onFinish={({ serial: piece, ...values }: { serial?: string }) => set({ ...values, serial: piece ?? '' })}>
        <Form.Item name="material" label={t(nameOf('material'))}>
          <Lookup source={SOURCES.material!} />
        </Form.Item>
        <Form.Item name="lot" label={t(nameOf('lot'))}>
          <Lookup source={{ path: '/api/inventory/lots', value: 'lot', name: 'material' }} />
        </Form.Item>
        <Form.Item name="serial" label={t(nameOf('serial'))}>
          <Lookup source={{ path: '/api/work-orders/serials', value: 'serial', name: 'product' }} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t(FOLLOW)}
        </Button>
        <Segmented
          value={way}
          onChange={value => set({ way: value })}
          options={[
            { value: 'up', label: t(UP) },
            { value: 'down', label: t(DOWN) },
          ]}
        />
        <Segmented
          value={shape}
          onChange={value => set({ shape: value })}
          options={[
            { value: 'tree', label: t(TREE) },
            { value: 'list', label: t(LIST) },
          ]}
        />
      </Form>
      {material && lot ? (
        shape === 'tree' ? (
          <>
            <div className="bar">
              <Export path={path} query={asked} members={[...COLUMNS]} />
            </div>
            <LotTree path={path} {...asked} />
          </>
        ) : (
          <DataTable path={path} query={asked} columns={[...COLUMNS]} open={tracedAddress} />
        )
      ) : (
        <p className="muted">{t(ASK)}</p>
      )}
    </Page>
  );
}
