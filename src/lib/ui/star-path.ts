const round = (value: number) => Number(value.toFixed(2));

/** A point at `degrees` clockwise from the top, `radius` from the heart of the star. */
const point = (degrees: number, radius: number) => {
  const angle = (degrees * Math.PI) / 180;
  return `${round(12 + radius * Math.sin(angle))} ${round(11.3 - radius * Math.cos(angle))}`;
};

/** Eight points: long up, longest down, shorter sideways, short between. */
const points = [11, 5.9, 9.4, 5.9, 12.4, 5.9, 9.4, 5.9];

export const starPath = `M${points
  .flatMap((radius, index) => [point(index * 45, radius), point(index * 45 + 22.5, 3.24)])
  .join('L')}Z`;
