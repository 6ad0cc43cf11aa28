import './globals.css';
import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import type { ReactNode } from 'react';
import { depthScript, themeScript } from '#components/shell/chosen.ts';
import { HearEarlier } from '#components/shell/earlier.tsx';
import { facesScript } from '#components/shell/faces.ts';
import { SiteHeader } from '#components/shell/site-header.tsx';
import { wholeScript } from '#components/shell/whole.ts';
import { AimedLink } from '#components/ui/aimed-link.tsx';

// Each face has a stand-in of its own measure in globals.css, so that few lines break anew when the file lands; those made by
// default know no fonts of Linux, and take the measure at another size than a lesson is set in. Latin only: an arrow or a tick
// comes from the reader's own fonts. Only what every page shows at once is asked for ahead of time.
// Two weights of a face weigh less than a file that has all of them; the interface uses more than two.
const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  variable: '--face-sans',
});
const sourceSerif = localFont({
  src: [
    { path: '../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2', weight: '400' },
    { path: '../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2', weight: '600' },
  ],
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  variable: '--face-serif',
});
const sourceSerifItalic = localFont({
  src: [
    {
      path: '../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-400-italic.woff2',
      weight: '400',
      style: 'italic',
    },
    {
      path: '../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-600-italic.woff2',
      weight: '600',
      style: 'italic',
    },
  ],
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  variable: '--face-serif-italic',
});
const jetBrainsMono = localFont({
  src: '../node_modules/@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2',
  // Code stands out enough; it needs no second file to be bold in.
  weight: '100 900',
  display: 'swap',
  preload: false,
  // Its letters are as wide as those of other monospaced fonts; a stretched Arial would be the worse stand-in.
  adjustFontFallback: false,
  variable: '--face-mono',
});
const faces = [inter, sourceSerif, sourceSerifItalic, jetBrainsMono].map((face) => face.variable).join(' ');

export const metadata: Metadata = {
  title: { default: 'Fencepost: distributed locks for the interview', template: '%s · Fencepost' },
  description:
    'Learn distributed locks for a system-design interview: lessons, recall cards, a decision wizard and answer practice, with every claim runnable.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f3' },
    { media: '(prefers-color-scheme: dark)', color: '#171512' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={faces} suppressHydrationWarning>
      <head>
        {/* Before the first paint, so that a chosen theme never flashes and no hidden passage shows. Our own constant texts. */}
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
        <script dangerouslySetInnerHTML={{ __html: depthScript }} />
        <script dangerouslySetInnerHTML={{ __html: facesScript }} />
        <script dangerouslySetInnerHTML={{ __html: wholeScript }} />
      </head>
      <body className="flex flex-col">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:bg-paper focus:p-3"
        >
          Skip to the content
        </a>
        <SiteHeader />
        <main id="main" tabIndex={-1} className="flex-1 outline-none">
          {children}
        </main>
        <footer className="border-t border-line print:hidden">
          <div className="mx-auto flex max-w-[72rem] flex-wrap gap-x-6 gap-y-1 px-[1.125rem] py-6 text-sm text-muted">
            <p>Every “this holds” and “this breaks” here is checked by running it.</p>
            <AimedLink href="/sources" className="text-muted underline hover:text-ink">
              Sources
            </AimedLink>
            <AimedLink href="/map" className="text-muted underline hover:text-ink">
              Concept map
            </AimedLink>
            <AimedLink href="/drills" className="text-muted underline hover:text-ink">
              Numeric drills
            </AimedLink>
            <AimedLink href="/cheat-sheet" className="text-muted underline hover:text-ink">
              Cheat sheet
            </AimedLink>
            <AimedLink href="/decisions" className="text-muted underline hover:text-ink">
              How this is built
            </AimedLink>
          </div>
        </footer>
        <HearEarlier />
      </body>
    </html>
  );
}
