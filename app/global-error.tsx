'use client';
// The last resort, when not even the frame of the page can be drawn. It brings its own few styles.
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui, sans-serif', maxWidth: '40rem', margin: '4rem auto', padding: '0 1rem' }}>
        <title>This page could not be shown · Fencepost</title>
        <h1>This page could not be shown</h1>
        <p>Something failed on our side. What you had saved is still saved.</p>
        <button type="button" onClick={reset} style={{ font: 'inherit', padding: '0.6rem 1rem' }}>
          Try again
        </button>
      </body>
    </html>
  );
}
