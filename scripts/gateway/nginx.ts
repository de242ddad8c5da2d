import { readFileSync } from 'node:fs'

type Place = { directory: string; port: number; upstream: number; postern: string }

/** The nginx block of docs/gateways.md, as it stands there, with the addresses of this run. */
export function gatewayConfig({ directory, port, upstream, postern }: Place): string {
  const page = readFileSync(new URL('../../docs/gateways.md', import.meta.url), 'utf8')
  const block = /```nginx\n([\s\S]*?)```/.exec(page)?.[1]
  if (block === undefined) throw new Error('docs/gateways.md has no nginx block')
  const server = block
    .replaceAll('listen 443 ssl;', `listen 127.0.0.1:${port};`)
    .replaceAll('http://postern:3000', postern)
    .replaceAll('http://quotes:8080', `http://127.0.0.1:${upstream}`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join('\n  ')
  return `
daemon off;
pid ${directory}/nginx.pid;
error_log ${directory}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off;
  ${temporary}
${server}
}
`
}
