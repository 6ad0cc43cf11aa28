// What people come for, in the order in which they come to it.
import Link from 'next/link';

const journeys = [
  { href: '/lessons', name: 'Study the lessons', what: 'From the seat sold 47 times to the answer that stands.' },
  {
    href: '/review',
    name: 'Drill recall cards',
    what: 'A few minutes a day, timed so that you still know them at the interview.',
  },
  {
    href: '/quiz',
    name: 'Take a mixed quiz',
    what: 'Questions of what you have read, and histories to judge that the engine has just made.',
  },
  { href: '/wizard', name: 'Walk the wizard', what: 'Which lock should you use, and do you need one at all?' },
  {
    href: '/practice',
    name: 'Practise the answer',
    what: 'Fill in the template, hear it as a paragraph, see what an interviewer would attack.',
  },
] as const;

export function Journeys() {
  return (
    <nav aria-label="What you can do here">
      <ul className="max-w-[42rem] border-t border-ink">
        {journeys.map(({ href, name, what }) => (
          <li key={href} className="border-b border-line">
            <Link href={href} className="group block py-3 text-ink no-underline">
              <span className="font-[560] text-accent group-hover:underline">{name}</span>
              <span className="block text-muted">{what}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
