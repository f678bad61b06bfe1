import { FileImageOutlined, FilePdfOutlined, VideoCameraOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { addressOf } from '@/lib/api/client';
import { sizeOf } from '@/lib/files';

export interface ShownFile {
  id: string;
  name: string;
  contentType: string;
  sizeBytes: number;
}

const iconOf = (contentType: string) =>
  contentType === 'application/pdf' ? (
    <FilePdfOutlined />
  ) : contentType.startsWith('video/') ? (
    <VideoCameraOutlined />
  ) : (
    <FileImageOutlined />
  );

/** The files of an instruction, each of which opens beside. */
export function InstructionFiles({ files, verbs }: { files: readonly ShownFile[]; verbs?: (file: ShownFile) => ReactNode }) {
  if (files.length === 0) return null;
  return (
    <div className="files">
      <ul>
        {files.map(file => (
          <li key={file.id}>
            {iconOf(file.contentType)}
            <a
              className="name"
              href={addressOf('/api/work-orders/instructions/files/{fileId}', { fileId: file.id })}
              target="_blank"
              rel="noopener">
              {file.name}
            </a>
            <span className="muted size">{sizeOf(file.sizeBytes)}</span>
            {verbs?.(file)}
          </li>
        ))}
      </ul>
    </div>
  );
}
