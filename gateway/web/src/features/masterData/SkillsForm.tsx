import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form } from 'antd';
import { useState } from 'react';
import { FormDrawer } from '@/components/FormDrawer';
import { Lookup } from '@/components/Lookup';
import { placeProblem } from '@/components/placeProblem';
import { useTellDone } from '@/components/useTellDone';
import { useVerb } from '@/lib/api/hooks';
import { SOURCES } from '@/lib/lookups';
import { useMay } from '@/lib/session';
import { definitionOf, skillsOf, stateOf, type Skill, type Skilled } from '@/lib/skills';
import { date, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

const PATH = '/api/work-orders/operators/{code}/skills';
const SET: Text = ['设定技能', 'Set skills'];
const TITLE: Text = ['设定技能 · {name}', 'Set skills · {name}'];
const ADD: Text = ['添加设备', 'Add equipment'];
const REMOVE: Text = ['移除', 'Remove'];
const UNTIL: Text = ['有效至（当天结束）', 'Valid until the end of'];
const ALWAYS: Text = ['长期', 'For ever'];
const OVER: Text = ['{equipment} 已于 {day} 过期', '{equipment}: over since {day}'];
const SOON: Text = ['{equipment} 至 {day}', '{equipment} until {day}'];
const NEEDED: Text = ['请填写', 'Enter this'];

/** What somebody may work at; what is over or soon will be stands out. */
export function Skills({ of }: { of: Skilled }) {
  const t = useText();
  const skills = skillsOf(of);
  if (skills.length === 0) return <span className="muted">–</span>;
  return skills.map(({ equipment, until }, index) => {
    const state = stateOf(until);
    const day = until ? date(until.toISOString()) : '';
    return (
      <span key={equipment}>
        {index > 0 && ', '}
        {state === 'valid' && equipment}
        {state !== 'valid' && (
          <span className={`tag ${state === 'over' ? 'bad' : 'warn'}`}>
            {t(state === 'over' ? OVER : SOON, { equipment, day })}
          </span>
        )}
        {state === 'valid' && day !== '' && <span className="muted"> {t(['至 {day}', 'until {day}'], { day })}</span>}
      </span>
    );
  });
}

/** The skills of a person, each with the last day on which it is valid, or none. */
export function SkillsForm({ row }: { row: Skilled & { code: string; name: string } }) {
  const t = useText();
  const may = useMay();
  const tellDone = useTellDone();
  const [form] = Form.useForm<{ skills: Skill[] }>();
  const [isOpen, setIsOpen] = useState(false);
  const [isPlaced, setIsPlaced] = useState(false);
  const set = useVerb('put', PATH);
  if (!may('put', PATH)) return null;
  const send = ({ skills = [] }: { skills?: Skill[] }) => {
    const body = definitionOf(skills);
    set.mutate(
      { path: { code: row.code }, body },
      {
        onSuccess: answer => {
          tellDone({
            method: 'put',
            path: PATH,
            subject: row.name,
            before: definitionOf(skillsOf(row)),
            done: { path: { code: row.code }, query: {}, body, answer: answer as never },
          });
          setIsOpen(false);
        },
        onError: problem => setIsPlaced(placeProblem(form, problem, body)),
      },
    );
  };
  return (
    <>
      <Button type="text" size="small" onClick={() => setIsOpen(true)}>
        {t(SET)}
      </Button>
      <FormDrawer
        title={t(TITLE, { name: `${row.code} ${row.name}` })}
        size={560}
        isOpen={isOpen}
        isSaving={set.isPending}
        problem={isPlaced ? null : set.error}
        onSubmit={() => form.submit()}
        onClose={() => setIsOpen(false)}>
        <Form form={form} layout="vertical" initialValues={{ skills: skillsOf(row) }} onFinish={send}>
          <Form.List name="skills">
            {(skills, { add, remove }) => (
              <>
                {skills.map(skill => (
                  <div className="nested-row" key={skill.key}>
                    <div>
                      <Form.Item
                        name={[skill.name, 'equipment']}
                        label={t(nameOf('equipment'))}
                        rules={[{ required: true, message: t(NEEDED) }]}>
                        <Lookup source={SOURCES.equipment!} />
                      </Form.Item>
                      <Form.Item name={[skill.name, 'until']} label={t(UNTIL)}>
                        <DatePicker className="full" placeholder={t(ALWAYS)} />
                      </Form.Item>
                    </div>
                    <Button
                      type="text"
                      icon={<MinusCircleOutlined />}
                      aria-label={t(REMOVE)}
                      onClick={() => remove(skill.name)}
                    />
                  </div>
                ))}
                <Button size="small" icon={<PlusOutlined />} onClick={() => add({})}>
                  {t(ADD)}
                </Button>
              </>
            )}
          </Form.List>
          <button type="submit" hidden />
        </Form>
      </FormDrawer>
    </>
  );
}
