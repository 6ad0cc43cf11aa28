// Next.js settings. Few on purpose: content is evaluated by our own loader, so no MDX plugin has to be named here.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/** Every page begins with all of the framework. Compiled function by function as they are called, that held up a phone for a
    fifth of a second; asked to, the browser compiles the files whole, beside the page, while they arrive. Others read a comment.
    Source: https://v8.dev/blog/explicit-compile-hints
    @param {string} distDir */
function compileAhead(distDir) {
  const { rootMainFiles } = JSON.parse(readFileSync(join(distDir, 'build-manifest.json'), 'utf8'));
  for (const name of rootMainFiles) {
    const file = join(distDir, name);
    writeFileSync(file, `//# allFunctionsCalledOnLoad\n${readFileSync(file, 'utf8')}`);
  }
}

/** @type {import('next').NextConfig} */
export default {
  env: { FENCEPOST_VERSION: version },
  poweredByHeader: false,
  devIndicators: false,
  reactStrictMode: true,
  // Types are checked by npm test; checking them again would only make the first npm start slower.
  typescript: { ignoreBuildErrors: true },
  // Native or WebAssembly parts that must be loaded from node_modules as they are.
  serverExternalPackages: ['better-sqlite3', '@prisma/client', '@prisma/adapter-better-sqlite3'],
  // The matrix of demos is searched in the build, some seconds for a page; on a busy machine that may be minutes.
  staticPageGenerationTimeout: 300,
  compiler: { runAfterProductionCompile: async ({ distDir }) => compileAhead(distDir) },
  turbopack: { root: import.meta.dirname },
  async headers() {
    const everywhere = [
      { key: 'X-Content-Type-Options', value: 'nosniff' },
      { key: 'X-Frame-Options', value: 'DENY' },
      // No word on scripts and styles: pages are rendered ahead, so they cannot carry a nonce.
      {
        key: 'Content-Security-Policy',
        value: "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'",
      },
      { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
      { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
    ];
    return [{ source: '/:path*', headers: everywhere }];
  },
};
