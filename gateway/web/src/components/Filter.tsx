import { Checkbox, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { membersOf, operationOf, resolve } from '@/lib/api/api';
import { SOURCES } from '@/lib/lookups';
import { useText, type Text } from '@/lib/text';
import { nameOf, valueOf } from '@/lib/words/words';
import { Lookup } from './Lookup';

const FROM: Text = ['自', 'From'];
const TO: Text = ['至', 'To'];

/** What filters are chosen from, where the API does not say. */
export type Choices = Record<string, { value: string; label: string }[]>;

interface FilterProps {
  path: string;
  params: URLSearchParams;
  set: (changes: Record<string, string | string[] | undefined>) => void;
  name: string;
  choices?: Choices[string];
}

/** What a list is filtered by, as its parameter says: choices, a day, a tick, a code that the system knows, a text. */
export function Filter({ name, path, params, set, choices }: FilterProps) {
  const t = useText();
  const known = operationOf('get', path).query[name]!;
  const schema = resolve(known);
  const items = schema.items ? resolve(schema.items) : schema;
  const kind = (known.items ?? known).ref?.split('/').pop();
  const label = t(name === 'from' ? FROM : name === 'to' ? TO : nameOf(name));
  const common = { placeholder: label, 'aria-label': label, allowClear: true };
  if (choices)
    return (
      <Select
        {...common}
        className="filter"
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        value={params.get(name)}
        options={choices}
        onChange={value => set({ [name]: value ?? undefined })}
      />
    );
  const values = items.enum ?? resolve(membersOf(path)[name] ?? {}).enum;
  if (values) {
    const options = values.map(value => ({ value, label: valueOf(value, kind) }));
    return schema.items ? (
      <Select
        {...common}
        className="filter"
        mode="multiple"
        maxTagCount={1}
        value={params.getAll(name)}
        options={options}
        onChange={value => set({ [name]: value })}
      />
    ) : (
      <Select
        {...common}
        className="filter"
        value={params.get(name)}
        options={options}
        onChange={value => set({ [name]: value ?? undefined })}
      />
    );
  }
  if (schema.format === 'date-time') {
    const value = params.get(name);
    return (
      <DatePicker
        {...common}
        className="filter"
        value={value ? dayjs(value) : null}
        onChange={day => set({ [name]: (name === 'to' ? day?.endOf('day') : day?.startOf('day'))?.toISOString() })}
      />
    );
  }
  if (schema.type === 'boolean') {
    return (
      <Checkbox
        checked={params.get(name) === 'true'}
        onChange={event => set({ [name]: event.target.checked ? 'true' : undefined })}>
        {label}
      </Checkbox>
    );
  }
  const source = SOURCES[name];
  return source ? (
    <div className="filter">
      <Lookup
        source={source}
        value={params.get(name) ?? undefined}
        placeholder={label}
        label={label}
        onChange={value => set({ [name]: value })}
      />
    </div>
  ) : (
    <Input
      {...common}
      className="filter"
      defaultValue={params.get(name) ?? ''}
      onPressEnter={event => set({ [name]: event.currentTarget.value })}
      onBlur={event => set({ [name]: event.currentTarget.value })}
    />
  );
}
