-- The counting rules a second time, in SQL over the exported tables, written from the programme's text and not from the
-- app's code: whatever the two do not agree on is a mistake in one of them. One site, any number of terms.

CREATE TEMP VIEW person AS
WITH RECURSIVE chain(id, person, steps) AS (
  SELECT participant_id, participant_id, 0 FROM participants
  UNION ALL
  SELECT chain.id, p.merged_into, steps + 1
  FROM chain JOIN participants p ON p.participant_id = chain.person
  WHERE p.merged_into <> '' AND steps < 20
)
SELECT id, person FROM chain
WHERE NOT EXISTS (
  SELECT 1 FROM participants p WHERE p.participant_id = chain.person AND p.merged_into <> ''
);

-- Cancelled wins; a list that was closed says that the meeting took place.
CREATE TEMP TABLE held AS
SELECT o.*, g.workshop_type, date(o.date, 'weekday 0') AS sunday,
       (unixepoch(o.ends_at, 'subsec') - unixepoch(o.starts_at, 'subsec')) / 60.0 AS duration
FROM occurrences o JOIN groups g ON g.term = o.term AND g.group_id = o.group_id
WHERE o.state = 'held'
   OR (o.state = 'planned' AND EXISTS (
        SELECT 1 FROM closings c WHERE c.term = o.term AND c.occurrence_id = o.occurrence_id));
CREATE INDEX temp.held_group ON held(term, group_id);

-- Whether somebody attended: present, or at least half of it where minutes are known.
CREATE TEMP TABLE said AS
WITH timed AS (
  SELECT m.term, m.occurrence_id, coalesce(p.person, m.participant_id) AS person, m.status, h.workshop_type,
         h.week, h.duration, m.minutes,
         CASE WHEN m.arrived_at <> '' AND unixepoch(m.arrived_at, 'subsec')
                   BETWEEN unixepoch(h.starts_at, 'subsec') AND unixepoch(h.ends_at, 'subsec')
              THEN unixepoch(m.arrived_at, 'subsec') - unixepoch(h.starts_at, 'subsec') ELSE 0 END AS late,
         CASE WHEN m.left_at <> '' AND unixepoch(m.left_at, 'subsec')
                   BETWEEN unixepoch(h.starts_at, 'subsec') AND unixepoch(h.ends_at, 'subsec')
              THEN unixepoch(h.ends_at, 'subsec') - unixepoch(m.left_at, 'subsec') ELSE 0 END AS early
  FROM marks m
  JOIN held h ON h.term = m.term AND h.occurrence_id = m.occurrence_id
  LEFT JOIN person p ON p.id = m.participant_id
  WHERE m.status <> ''
)
SELECT term, occurrence_id, person, workshop_type, week,
       max(CASE
             WHEN status = 'present' THEN 1
             WHEN status NOT IN ('late', 'leftEarly') THEN 0
             WHEN minutes <> '' THEN CAST(minutes AS REAL) * 2 >= duration
             ELSE max(0, duration - (late + early) / 60.0) * 2 >= duration
           END) AS attended
FROM timed
GROUP BY term, occurrence_id, person;
CREATE INDEX temp.said_person ON said(term, person, workshop_type);

-- Stays that are inscriptions: begun, and of nobody provisional.
CREATE TEMP TABLE stay AS
SELECT s.term, g.workshop_type, coalesce(p.person, s.participant_id) AS person, s.group_id,
       s.first_day, s.last_day,
       row_number() OVER inscription AS place
FROM stays s
JOIN groups g ON g.term = s.term AND g.group_id = s.group_id
LEFT JOIN person p ON p.id = s.participant_id
WHERE (s.last_day = '' OR s.first_day <= s.last_day)
  AND NOT EXISTS (
    SELECT 1 FROM cards c
    WHERE c.term = s.term AND c.participant_id = coalesce(p.person, s.participant_id) AND c.is_provisional = '1')
WINDOW inscription AS (
  PARTITION BY s.term, g.workshop_type, coalesce(p.person, s.participant_id)
  ORDER BY s.first_day, s.group_id
);
CREATE INDEX temp.stay_person ON stay(term, workshop_type, person);

-- One stay a week: the last begun of those that go on that Sunday; once none does, the one that ended last.
CREATE TEMP TABLE followed AS
SELECT weeks.term, weeks.workshop_type, weeks.person, weeks.sunday, coalesce(
         (SELECT s.group_id FROM stay s WHERE s.term = weeks.term AND s.workshop_type = weeks.workshop_type
             AND s.person = weeks.person AND weeks.sunday >= s.first_day
             AND (s.last_day = '' OR weeks.sunday <= s.last_day) ORDER BY s.place DESC LIMIT 1),
         (SELECT s.group_id FROM stay s WHERE s.term = weeks.term AND s.workshop_type = weeks.workshop_type
             AND s.person = weeks.person AND weeks.sunday >= s.first_day
           ORDER BY s.last_day DESC, s.place DESC LIMIT 1),
         (SELECT s.group_id FROM stay s WHERE s.term = weeks.term AND s.workshop_type = weeks.workshop_type
             AND s.person = weeks.person AND s.place = 1)) AS group_id
FROM (SELECT DISTINCT s.term, s.workshop_type, s.person, h.sunday
      FROM stay s JOIN held h ON h.term = s.term AND h.group_id = s.group_id) weeks;

CREATE TEMP TABLE due AS
SELECT f.term, f.workshop_type, f.person, h.occurrence_id, h.group_id, h.week, h.date,
       row_number() OVER (
         PARTITION BY f.term, f.workshop_type, f.person
         ORDER BY h.date DESC, h.start DESC, h."end" DESC, h.occurrence_id DESC) AS from_end
FROM followed f JOIN held h ON h.term = f.term AND h.group_id = f.group_id AND h.sunday = f.sunday;
CREATE INDEX temp.due_person ON due(term, workshop_type, person);

CREATE TEMP TABLE inscription AS
WITH base AS (
  SELECT term, workshop_type, person,
         -- Left is who has no stay that goes on.
         CASE WHEN min(s.last_day) = '' THEN '' ELSE max(s.last_day) END AS exit_day,
         (SELECT count(*) FROM due d WHERE d.term = s.term AND d.workshop_type = s.workshop_type
            AND d.person = s.person) AS due
  FROM stay s GROUP BY term, workshop_type, person
),
slots AS (
  SELECT d.term, d.workshop_type, d.person, min(count(*), (
           SELECT coalesce(sum(a.attended), 0) FROM said a
           WHERE a.term = d.term AND a.person = d.person AND a.workshop_type = d.workshop_type
             AND a.week = d.week)) AS attended
  FROM due d GROUP BY d.term, d.workshop_type, d.person, d.week
)
SELECT b.*,
       coalesce((SELECT sum(attended) FROM slots s WHERE s.term = b.term AND s.workshop_type = b.workshop_type
                   AND s.person = b.person), 0) AS attended,
       EXISTS (SELECT 1 FROM said a WHERE a.term = b.term AND a.person = b.person
                 AND a.workshop_type = b.workshop_type AND a.attended) AS engaged,
       (SELECT count(*) FROM due d WHERE d.term = b.term AND d.workshop_type = b.workshop_type
          AND d.person = b.person AND NOT EXISTS (
            SELECT 1 FROM said a WHERE a.term = d.term AND a.occurrence_id = d.occurrence_id
              AND a.person = d.person)
          -- On the list that day.
          AND EXISTS (
            SELECT 1 FROM stay s WHERE s.term = d.term AND s.group_id = d.group_id AND s.person = d.person
              AND s.first_day <= d.date AND (s.last_day = '' OR d.date <= s.last_day))) AS unmarked,
       -- In one of their own last meetings, or caught up elsewhere in a week that has one.
       EXISTS (
         SELECT 1 FROM said a
         LEFT JOIN due own ON own.term = a.term AND own.workshop_type = a.workshop_type
              AND own.person = a.person AND own.occurrence_id = a.occurrence_id
         WHERE a.term = b.term AND a.person = b.person AND a.workshop_type = b.workshop_type AND a.attended
           AND CASE WHEN own.from_end IS NOT NULL THEN own.from_end <= (b.due * 3 + 9) / 10
                    ELSE a.week IN (SELECT week FROM due l WHERE l.term = b.term
                           AND l.workshop_type = b.workshop_type AND l.person = b.person
                           AND l.from_end <= (b.due * 3 + 9) / 10) END) AS at_the_end,
       (b.exit_day <> '' AND b.exit_day < (SELECT max(date) FROM due d WHERE d.term = b.term
          AND d.workshop_type = b.workshop_type AND d.person = b.person)) AS has_left
FROM base b;

CREATE TEMP VIEW assiduity AS
SELECT term, workshop_type, person, due, attended, engaged, unmarked,
       (attended * 2 > due AND at_the_end AND coalesce(has_left, 0) = 0) AS assidu
FROM inscription;

CREATE TEMP VIEW means AS
WITH leaders AS (
  SELECT DISTINCT s.term, h.workshop_type, s.volunteer_id, v.kind
  FROM shifts s
  JOIN held h ON h.term = s.term AND h.occurrence_id = s.occurrence_id
  JOIN volunteers v ON v.term = s.term AND v.volunteer_id = s.volunteer_id
  WHERE s.state <> 'cancelled' AND h.is_dropped = '0'
)
SELECT t.term, w.workshop_type,
       (SELECT count(*) FROM inscription i WHERE i.term = t.term AND i.workshop_type = w.workshop_type) AS inscrits,
       (SELECT count(*) FROM groups g WHERE g.term = t.term AND g.workshop_type = w.workshop_type
          AND (EXISTS (SELECT 1 FROM held h WHERE h.term = g.term AND h.group_id = g.group_id AND h.is_dropped = '0')
            OR EXISTS (SELECT 1 FROM stay s WHERE s.term = g.term AND s.group_id = g.group_id))) AS groups,
       (SELECT count(*) FROM leaders l WHERE l.term = t.term AND l.workshop_type = w.workshop_type
          AND l.kind = 'volunteer') AS volunteers,
       (SELECT count(*) FROM leaders l WHERE l.term = t.term AND l.workshop_type = w.workshop_type
          AND l.kind = 'civicService') AS civicService,
       (SELECT count(*) FROM leaders l WHERE l.term = t.term AND l.workshop_type = w.workshop_type
          AND l.kind = 'staff') AS staff,
       (SELECT count(DISTINCT venue) FROM held h WHERE h.term = t.term AND h.workshop_type = w.workshop_type
          AND h.is_dropped = '0') AS rooms,
       (SELECT coalesce(sum(duration), 0) FROM held h WHERE h.term = t.term
          AND h.workshop_type = w.workshop_type AND h.is_dropped = '0') AS heldMinutes,
       (SELECT coalesce(sum(duration), 0) FROM held h WHERE h.term = t.term
          AND h.workshop_type = w.workshop_type AND h.is_dropped = '0' AND EXISTS (
            SELECT 1 FROM shifts s JOIN volunteers v ON v.term = s.term AND v.volunteer_id = s.volunteer_id
            WHERE s.term = h.term AND s.occurrence_id = h.occurrence_id AND s.state <> 'cancelled'
              AND v.kind = 'volunteer')) AS ledMinutes
FROM terms t CROSS JOIN workshop_types w
WHERE w.kind IN ('socioprofessional', 'language', 'digital');
