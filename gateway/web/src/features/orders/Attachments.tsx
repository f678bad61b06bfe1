import {
  CloseOutlined,
  DeleteOutlined,
  FileExcelOutlined,
  FileImageOutlined,
  FilePdfOutlined,
  FileTextOutlined,
  FileWordOutlined,
  PaperClipOutlined,
} from '@ant-design/icons';
import { App, Button, Spin } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { FileDrop } from '@/components/FileDrop';
import { Loaded, Section } from '@/components/Page';
import { ProblemAlert } from '@/components/Problem';
import { useUndo } from '@/components/useUndo';
import type { Item } from '@/lib/api/api';
import { addressOf, Problem } from '@/lib/api/client';
import { useRead, useVerb } from '@/lib/api/hooks';
import { sizeOf } from '@/lib/files';
import { useMay } from '@/lib/session';
import { dateTime, useText, type Text } from '@/lib/text';
import { wordsOf } from '@/lib/words/refusals';
import { useUploads } from './useUploads';

const ATTACHMENTS: Text = ['附件', 'Attachments'];
const ADD: Text = ['添加附件', 'Attach files'];
const HOW: Text = ['选择文件、拖到这里，或直接粘贴截图', 'Choose files, drop them here, or paste a screenshot'];
const NONE: Text = ['还没有附件。', 'Nothing is attached yet.'];
const TYPES: Text = [
  'PDF、图片、文本、CSV、Excel、Word，每个最多 20 MB',
  'PDF, pictures, text, CSV, Excel, Word, up to 20 MB each',
];
const SENDING: Text = ['正在上传…', 'Uploading…'];
const REMOVE: Text = ['移除 {name}', 'Remove {name}'];
const REMOVED: Text = ['已移除 {name}', '{name} is removed'];
const DISMISS: Text = ['关闭', 'Dismiss'];
const SHOW_REMOVED: Text = ['显示已移除的', 'Show what was removed'];
const HIDE_REMOVED: Text = ['隐藏已移除的', 'Hide what was removed'];
const NONE_REMOVED: Text = ['没有移除过附件。', 'Nothing was removed.'];
const RESTORE: Text = ['恢复', 'Bring back'];
const REMOVED_BY: Text = ['{by} 于 {at} 移除', 'removed by {by}, {at}'];

const LIST = '/api/work-orders/orders/{id}/attachments';
const ONE = '/api/work-orders/orders/{id}/attachments/{attachmentId}';
const RESTORED = '/api/work-orders/orders/{id}/attachments/{attachmentId}/restore';
const ENDINGS = '.pdf,.png,.jpg,.jpeg,.webp,.txt,.csv,.xlsx,.docx';
const COUNT_MAX = 50;
const GONE_MAX = 200;

type Attachment = Item<typeof LIST>;

/** The files of an order: chosen, dropped or pasted, shown or saved, removed and brought back. */
export function Attachments({ order }: { order: string }) {
  const t = useText();
  const may = useMay()('post', LIST);
  const undo = useUndo();
  const { message } = App.useApp();
  const { uploads, add, again, drop } = useUploads(order);
  const [isGoneShown, setIsGoneShown] = useState(false);
  const list = useRead(LIST, { path: { id: order }, query: { size: COUNT_MAX } });
  const remove = useVerb('delete', ONE);
  const restore = useVerb('post', RESTORED);
  usePastedFiles(may ? add : undefined);

  const take = async (file: Attachment) => {
    const path = { id: order, attachmentId: file.id };
    try {
      await remove.mutateAsync({ path });
      undo(file.id, t(REMOVED, { name: file.name }), () => restore.mutateAsync({ path }));
    } catch (problem) {
      void message.error(wordsOf(problem));
    }
  };
  const bringBack = (file: Attachment) => {
    const path = { id: order, attachmentId: file.id };
    restore.mutateAsync({ path }).catch((problem: unknown) => void message.error(wordsOf(problem)));
  };
  return (
    <FileDrop className="section" accept={ENDINGS} isMany take={may ? add : undefined}>
      {choose => (
        <Section
          title={ATTACHMENTS}
          extra={
            may && (
              <Button size="small" icon={<PaperClipOutlined />} onClick={choose}>
                {t(ADD)}
              </Button>
            )
          }>
          <div className="sheet files">
            <Loaded reading={list}>
              {page => (
                <>
                  <ul>
                    {page.items.map(file => (
                      <Row key={file.id} file={file} order={order}>
                        {may && (
                          <Button
                            type="text"
                            size="small"
                            icon={<DeleteOutlined />}
                            aria-label={t(REMOVE, { name: file.name })}
                            title={t(REMOVE, { name: file.name })}
                            onClick={() => void take(file)}
                          />
                        )}
                      </Row>
                    ))}
                    {uploads.map(upload => (
                      <li key={upload.id}>
                        {upload.problem ? (
                          <div className="refused">
                            <strong>{upload.file.name}</strong>
                            <ProblemAlert
                              problem={upload.problem}
                              retry={mayPass(upload.problem) ? () => again(upload) : undefined}
                            />
                          </div>
                        ) : (
                          <>
                            <Spin size="small" />
                            <span className="name">{upload.file.name}</span>
                            <span className="muted">{sizeOf(upload.file.size)}</span>
                            <span className="muted" role="status">
                              {t(SENDING)}
                            </span>
                          </>
                        )}
                        {upload.problem !== undefined && (
                          <Button
                            type="text"
                            size="small"
                            icon={<CloseOutlined />}
                            aria-label={t(DISMISS)}
                            title={t(DISMISS)}
                            onClick={() => drop(upload.id)}
                          />
                        )}
                      </li>
                    ))}
                    {isGoneShown && <Gone order={order} restore={may ? bringBack : undefined} />}
                  </ul>
                  <p className="muted">
                    {page.items.length + uploads.length === 0 && `${t(NONE)} `}
                    {may && `${t(HOW)} · ${t(TYPES)}`}
                    <Button type="link" size="small" onClick={() => setIsGoneShown(shown => !shown)}>
                      {t(isGoneShown ? HIDE_REMOVED : SHOW_REMOVED)}
                    </Button>
                  </p>
                </>
              )}
            </Loaded>
          </div>
        </Section>
      )}
    </FileDrop>
  );
}

const mayPass = (problem: unknown) => problem instanceof Problem && problem.isTemporary;

/** A file with its icon, size, and who attached it when. What a browser shows opens beside, all else is saved. */
function Row({ file, order, children }: { file: Attachment; order: string; children?: ReactNode }) {
  const t = useText();
  const isShown = file.contentType.startsWith('image/') || file.contentType === 'application/pdf';
  return (
    <li>
      {iconOf(file.contentType)}
      {file.removedAt ? (
        <s className="name">{file.name}</s>
      ) : (
        <a
          className="name"
          href={addressOf(ONE, { id: order, attachmentId: file.id })}
          {...(isShown ? { target: '_blank', rel: 'noopener' } : { download: file.name })}>
          {file.name}
        </a>
      )}
      <span className="muted size">{sizeOf(file.sizeBytes)}</span>
      <span className="muted">
        {file.removedAt
          ? t(REMOVED_BY, { by: file.removedBy ?? '–', at: dateTime(file.removedAt) })
          : `${file.addedBy} · ${dateTime(file.addedAt)}`}
      </span>
      {children}
    </li>
  );
}

/** What was removed, to be brought back. */
function Gone({ order, restore }: { order: string; restore?: (file: Attachment) => void }) {
  const t = useText();
  const list = useRead(LIST, { path: { id: order }, query: { size: GONE_MAX, removed: true, descending: true } });
  return (
    <Loaded reading={list}>
      {page =>
        page.items.length === 0 ? (
          <li className="muted">{t(NONE_REMOVED)}</li>
        ) : (
          page.items.map(file => (
            <Row key={file.id} file={file} order={order}>
              {restore && (
                <Button size="small" onClick={() => restore(file)}>
                  {t(RESTORE)}
                </Button>
              )}
            </Row>
          ))
        )
      }
    </Loaded>
  );
}

function iconOf(contentType: string) {
  if (contentType.startsWith('image/')) return <FileImageOutlined />;
  if (contentType === 'application/pdf') return <FilePdfOutlined />;
  if (contentType.includes('spreadsheet') || contentType === 'text/csv') return <FileExcelOutlined />;
  return contentType.includes('wordprocessing') ? <FileWordOutlined /> : <FileTextOutlined />;
}

/** Takes files that are pasted on the page but into a field. A screenshot, which all call alike, is named by its time. */
function usePastedFiles(add: ((files: File[]) => void) | undefined) {
  const taken = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const isElsewhere = (event.target as Element | null)?.closest('input, textarea, .ant-modal, .ant-drawer');
    if (!add || files.length === 0 || isElsewhere) return;
    event.preventDefault();
    add(files.map(file => (file.name === 'image.png' ? new File([file], `${dayjs().format('YYYYMMDD-HHmmss')}.png`) : file)));
  });
  useEffect(() => {
    document.addEventListener('paste', taken);
    return () => document.removeEventListener('paste', taken);
  }, []);
}
