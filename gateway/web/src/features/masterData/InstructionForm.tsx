import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button, Input, Spin } from 'antd';
import { useState } from 'react';
import { FileDrop } from '@/components/FileDrop';
import { FormDrawer } from '@/components/FormDrawer';
import { command, newId, Problem } from '@/lib/api/client';
import { useVerb } from '@/lib/api/hooks';
import { base64Of } from '@/lib/files';
import { useText, type Text } from '@/lib/text';
import { InstructionFiles, type ShownFile } from './InstructionFiles';
import type { Instruction } from './Instructions';

const TITLE: Text = ['作业指导 · {step}', 'Instruction · {step}'];
const TEXT: Text = ['作业内容', 'What is to be done'];
const HINT: Text = [
  '每次保存生成新版本，立即对本工艺路线的所有版本生效；清空内容和文件即取消作业指导。',
  'Each change is a new revision, in force at once for all revisions of the routing. Without text and files there is no instruction.',
];
const ADD: Text = ['添加文件', 'Add files'];
const TYPES: Text = ['图片、PDF 或 MP4/WebM 视频，每个最多 50 MB', 'Pictures, PDF, MP4 or WebM videos, up to 50 MB each'];
const REMOVE: Text = ['移除 {name}', 'Remove {name}'];
const SENDING: Text = ['正在上传 {name}…', 'Uploading {name}…'];
const ENDINGS = '.png,.jpg,.jpeg,.webp,.pdf,.mp4,.m4v,.webm';
const SIZE_BYTES_MAX = 50 * 1024 * 1024;
const TEXT_MAX = 20_000;

interface Props {
  at: { code: string; operation: string };
  /** The revision in force, if there is one. */
  before?: Instruction;
  onClose: () => void;
}

/** Writes the instruction of a step: text, and files in their order. */
export function InstructionForm({ at, before, onClose }: Props) {
  const t = useText();
  const write = useVerb('put', '/api/work-orders/routings/{code}/operations/{operation}/instruction');
  const [text, setText] = useState(before?.text ?? '');
  const [files, setFiles] = useState<ShownFile[]>(before?.files ?? []);
  const [sending, setSending] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  const add = async (chosen: File[]) => {
    setProblem(null);
    try {
      for (const file of chosen) {
        if (file.size > SIZE_BYTES_MAX) throw new Problem(422, { code: 'attachment-too-large' });
        setSending(file.name);
        const body = { name: file.name.normalize('NFC').trim(), content: await base64Of(file) };
        const path = '/api/work-orders/routings/{code}/operations/{operation}/instruction/files';
        const sent = await command('post', path, { path: at, body }, newId());
        setFiles(all => [...all, sent]);
      }
    } catch (failure) {
      setProblem(failure);
    } finally {
      setSending(null);
    }
  };
  const save = () => {
    setProblem(null);
    write
      .mutateAsync({ path: at, body: { text, files: files.map(file => file.id) } })
      .then(onClose, (failure: unknown) => setProblem(failure));
  };
  return (
    <FormDrawer
      title={t(TITLE, { step: at.operation })}
      size={720}
      isOpen
      isSaving={write.isPending || sending !== null}
      problem={problem}
      onSubmit={save}
      onClose={onClose}>
      <p className="muted">{t(HINT)}</p>
      <label htmlFor="instruction-text">{t(TEXT)}</label>
      <Input.TextArea
        id="instruction-text"
        className="gap"
        rows={14}
        maxLength={TEXT_MAX}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <FileDrop className="sheet padded" accept={ENDINGS} isMany take={chosen => void add(chosen)}>
        {choose => (
          <>
            <InstructionFiles
              files={files}
              verbs={file => (
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t(REMOVE, { name: file.name })}
                  title={t(REMOVE, { name: file.name })}
                  onClick={() => setFiles(all => all.filter(one => one.id !== file.id))}
                />
              )}
            />
            {sending && (
              <p role="status">
                <Spin size="small" /> {t(SENDING, { name: sending })}
              </p>
            )}
            <Button size="small" icon={<PaperClipOutlined />} onClick={choose}>
              {t(ADD)}
            </Button>{' '}
            <span className="muted">{t(TYPES)}</span>
          </>
        )}
      </FileDrop>
    </FormDrawer>
  );
}
