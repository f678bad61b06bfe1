import { describe, expect, it } from 'vitest';
import { nameOf } from '../words/words';
import { memberOf, readCell } from './cells';
import { columnsOf, membersOf, readRows, toCheck, toCommand, type Target } from './plan';
import { decode, readFile, readText } from './readTable';

const bytes = (text: string) => new TextEncoder().encode(text);
/** `编号,名称` and `007,轴` in GBK. */
const GBK = new Uint8Array([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a, 0x30, 0x30, 0x37, 0x2c, 0xd6, 0xe1]);

describe('A table', () => {
  const expected = { head: ['编号', '名称'], rows: [['007', '轴']] };

  it.each([
    ['UTF-8', bytes('编号,名称\n007,轴\n')],
    ['UTF-8 with its mark', new Uint8Array([0xef, 0xbb, 0xbf, ...bytes('编号,名称\r\n007,轴')])],
    ['GBK', GBK],
    ['semicolons', bytes('编号;名称\n007;轴')],
    ['tabs, as pasted', bytes('编号\t名称\n007\t轴')],
    [
      'UTF-16',
      new Uint8Array([
        0xff,
        0xfe,
        ...new Uint8Array(new Uint16Array([...'编号,名称\n007,轴'].map(letter => letter.charCodeAt(0))).buffer),
      ]),
    ],
  ])('is read from %s', async (_, content) => {
    expect(await readFile(new File([content], 'table.csv'))).toEqual(expected);
  });

  it('keeps line breaks and separators within quotes, and leaves empty rows out', () => {
    expect(readText('a,b\n"x, y","1\n2"\n,\n\nz,3')).toEqual({
      head: ['a', 'b'],
      rows: [
        ['x, y', '1\n2'],
        ['z', '3'],
      ],
    });
  });

  it('is read from XLSX as it was written, part numbers as text', async () => {
    const { default: write } = await import('write-excel-file/node');
    const buffer = await write([
      [{ value: '编号' }, { value: '名称' }, { value: '数量' }],
      [{ value: '007', type: String }, { value: '轴' }, { value: 12.5, type: Number }],
    ]).toBuffer();
    const file = new File([new Uint8Array(buffer)], 'table.xlsx');
    expect(await readFile(file)).toEqual({ head: ['编号', '名称', '数量'], rows: [['007', '轴', '12.5']] });
  });

  it('is not taken for UTF-8 where it is none', () => {
    expect(decode(GBK)).toBe('编号,名称\n007,轴');
  });
});

describe('A cell', () => {
  const number = { type: 'number', minimum: 0 };
  it.each([
    ['12.5', number, 12.5],
    ['12,5', number, 12.5],
    ['1,234.5', number, 1234.5],
    ['1.234,5', number, 1234.5],
    ['1,234', number, 1234],
    ['7', { type: 'integer' }, 7],
    ['１２．５', number, 12.5],
    ['007', { type: 'string' }, '007'],
    ['是', { type: 'boolean' }, true],
    ['no', { type: 'boolean' }, false],
    ['仓库', { enum: ['Storage'] }, 'Storage'],
    ['storage', { enum: ['Storage'] }, 'Storage'],
    ['operator, 班组长', { type: 'array', items: { enum: ['operator', 'foreman'] } }, ['operator', 'foreman']],
    ['2026/3/2', { type: 'string', format: 'date' }, '2026-03-02'],
    ['02.03.2026', { type: 'string', format: 'date' }, '2026-03-02'],
    ['6:00', { type: 'string', format: 'time' }, '06:00'],
    ['1899-12-31T06:30:00.000Z', { type: 'string', format: 'time' }, '06:30'],
    ['24:00', { type: 'string', format: 'time' }, '24:00'],
    ['2026-03-02T06:00:00Z', { type: 'string', format: 'date-time' }, '2026-03-02T06:00:00.000Z'],
  ])('%s is read', (text, schema, value) => expect(readCell(text, schema, true)).toEqual({ value }));

  it.each([
    ['', { type: 'string' }],
    ['twelve', number],
    ['-1', number],
    ['1.5', { type: 'integer' }],
    ['Attic', { enum: ['Storage'] }],
    ['31.02.2026', { type: 'string', format: 'date' }],
    ['12345', { type: 'string', maxLength: 4 }],
    ['A\u202eB', { type: 'string' }],
    ['maybe', { type: 'boolean' }],
    ['24:30', { type: 'string', format: 'time' }],
  ])('%s is refused with a reason', (text, schema) => expect(readCell(text, schema, true)).toHaveProperty('error'));
});

describe('A heading', () => {
  it.each([
    ['编号', 'code'],
    ['Code', 'code'],
    ['run_seconds_per_unit', 'runSecondsPerUnit'],
    ['Run per piece (s)', 'runSecondsPerUnit'],
    ['单件工时(秒)', 'runSecondsPerUnit'],
    ['what', undefined],
  ])('%s names %s', (heading, member) => {
    const members = ['code', 'name', 'runSecondsPerUnit'].map(name => ({ name, title: nameOf(name) }));
    expect(memberOf(heading, members)).toBe(member);
  });
});

describe('Records that are known by a member', () => {
  const target = { method: 'post' as const, path: '/api/work-orders/orders', address: [], unique: 'order' };
  const members = membersOf(target);
  const read = (text: string) => {
    const table = readText(text);
    return readRows(table, columnsOf(table, members), members, target);
  };

  it('may not be twice in one table', () => {
    const rows = read('Order,Routing,Quantity\nA,R,1\nB,R,1\nA,R,2\n,R,1\n,R,1');
    expect(rows.map(row => [row.state, Object.keys(row.errors)])).toEqual([
      ['ready', []],
      ['ready', []],
      ['wrong', ['order']],
      ['ready', []],
      ['ready', []],
    ]);
  });

  it('are asked for by a dry run although a cell is wrong that may be left out', () => {
    const rows = read('Order,Routing,Quantity,Due\nA,R,1,soon\nB,R,none,\nC,R,2,');
    expect(rows.map(row => row.state)).toEqual(['wrong', 'wrong', 'ready']);
    expect(toCheck(rows, members, target).map(row => row.values.order)).toEqual(['A', 'C']);
  });
});

describe('Records of several rows', () => {
  const target = {
    method: 'put' as const,
    path: '/api/work-orders/routings/{code}/{revision}',
    address: ['code', 'revision'],
    lists: ['steps', 'components'],
    titles: { code: ['工艺路线', 'Routing'], 'steps.code': ['工步', 'Step'] } as const,
  };
  const read = (text: string) => {
    const members = membersOf(target);
    const table = readText(text);
    return readRows(table, columnsOf(table, members), members, target);
  };
  const HEAD = 'Routing,Revision,Product,Step,Equipment,Receipt step,Material,Per piece,Unit\n';

  it('are sent as one, each item from its own row; what all have alike is said once', () => {
    const rows = read(`${HEAD}R,1,P,turn,m1;m2,,bar,0.5,kg\nR,1,,pack,m3,yes,,,\nS,1,P,mill,m4,1,,,`);
    expect(rows.map(row => row.state)).toEqual(['ready', 'ready', 'ready']);
    const { path, body, places } = toCommand(rows.slice(0, 2), target);
    expect(path).toEqual({ code: 'R', revision: '1' });
    expect(body).toEqual({
      product: 'P',
      steps: [
        { code: 'turn', equipment: ['m1', 'm2'] },
        { code: 'pack', equipment: ['m3'], isReceipt: true },
      ],
      components: [{ material: 'bar', quantityPerUnit: 0.5, unit: 'kg' }],
    });
    expect(places).toEqual({ steps: [0, 1], components: [0] });
  });

  it('are wrong together, and say in which row', () => {
    const rows = read(`${HEAD}R,1,P,turn,m1,,,,\nR,1,Q,pack,m3,yes,bar,,kg\nS,1,P,mill,m4,1,,,`);
    expect(rows.map(row => [row.state, Object.keys(row.errors)])).toEqual([
      ['wrong', ['']],
      ['wrong', ['components.quantityPerUnit', 'product']],
      ['ready', []],
    ]);
  });

  it('are all one where they have no address', () => {
    const reasons = { method: 'put' as const, path: '/api/equipment/reasons', address: [], lists: ['reasons'] };
    const members = membersOf(reasons);
    const table = readText('Code,Parent,Name (en),Name (zh)\nB,,Breakdown,故障\nB1,B,Spindle,主轴');
    const columns = ['reasons.code', 'reasons.parentCode', 'reasons.nameEn', 'reasons.nameZh'];
    const rows = readRows(table, columns, members, reasons);
    expect(rows.map(row => row.errors)).toEqual([{}, {}]);
    expect(toCommand(rows, reasons).body).toEqual({
      reasons: [
        { code: 'B', parentCode: null, nameEn: 'Breakdown', nameZh: '故障' },
        { code: 'B1', parentCode: 'B', nameEn: 'Spindle', nameZh: '主轴' },
      ],
    });
  });
});

describe('Master data', () => {
  const read = (text: string, target: Target) => {
    const members = membersOf(target);
    const table = readText(text);
    return readRows(table, columnsOf(table, members), members, target);
  };

  it('of numbers is a rule for each kind and product, chosen by the words of either language', () => {
    const target: Target = { method: 'put', path: '/api/work-orders/numbering/{kind}', address: ['kind'], inQuery: ['product'] };
    const rows = read(
      'Kind,Product,Pattern,Reset\n工单,,WO-{counter:4},\nOrders,P,P-{yyyy}-{counter:4},每年\nLots,P,L{counter:6},\nLots,P,M{counter:6},\nBoxes,,B,',
      target,
    );
    expect(rows.map(row => Object.keys(row.errors))).toEqual([[], [], [], ['kind'], ['kind']]);
    expect(toCommand(rows.slice(1, 2), target)).toMatchObject({
      path: { kind: 'Orders' },
      query: { product: 'P' },
      body: { pattern: 'P-{yyyy}-{counter:4}', reset: 'Year' },
    });
    expect(toCommand(rows.slice(0, 1), target).query).toEqual({ product: undefined });
  });

  it('of badges is one for each code, and its number stays text', () => {
    const target: Target = { method: 'post', path: '/api/identity/badges', address: [], unique: 'code' };
    const rows = read('Code,Person,PIN,Roles\n00417,P-1,0042,\n00418,P-2,,"operator, foreman"\n00417,P-3,,\n00419,,,', target);
    expect(rows.map(row => Object.keys(row.errors))).toEqual([[], [], ['code'], ['person']]);
    expect(toCommand(rows.slice(0, 1), target).body).toEqual({ code: '00417', person: 'P-1', pin: '0042' });
    expect(toCommand(rows.slice(1, 2), target).body).toMatchObject({ roles: ['operator', 'foreman'] });
  });

  it('of devices binds anew those that there are; what the table leaves empty is bound to nothing', () => {
    const target: Target = { method: 'put', path: '/api/identity/devices/{id}', address: ['id'] };
    const rows = read('Id,Name,Equipment,Work centers,Roles\nd1,Hall 1,T-101; T-102,,\nd2,Hall 2,,TURN,', target);
    expect(rows.map(row => row.errors)).toEqual([{}, {}]);
    expect(toCommand(rows.slice(0, 1), target)).toMatchObject({
      path: { id: 'd1' },
      body: { name: 'Hall 1', equipment: ['T-101', 'T-102'], workCenters: [], roles: [] },
    });
    // without its column a binding is not taken for none
    expect(read('Id,Name,Equipment,Roles\nd1,Hall 1,T-101,', target).map(row => Object.keys(row.errors))).toEqual([
      ['workCenters'],
    ]);
  });
});
