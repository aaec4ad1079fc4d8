// The rig of supple.figures in a browser: from a pose to joints, and from joints to paths.
//
// A pose is what pose_data gives, a stage what stage_data gives, and `rig` what rig_data gives.
// Python and this file are held to each other: joints to 1e-9, paths to 0.1.

// --- vectors

const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const subtract = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const scale = (a, k) => [a[0] * k, a[1] * k, a[2] * k];
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const mix = (a, b, t) => add(a, scale(subtract(b, a), t));
const radians = (degrees) => (degrees * Math.PI) / 180;
const TINY = 1e-9;
const STEEP = 0.9;

function unit(a) {
  const length = Math.sqrt(dot(a, a));
  return length > TINY ? scale(a, 1 / length) : [1, 0, 0];
}

function ray([around, out]) {
  const flat = Math.cos(radians(out));
  const angle = radians(around);
  return [Math.cos(angle) * flat, Math.sin(angle) * flat, Math.sin(radians(out))];
}

function turned(a, axis, degrees) {
  const [cos, sin] = [Math.cos(radians(degrees)), Math.sin(radians(degrees))];
  const lifted = add(scale(a, cos), scale(cross(axis, a), sin));
  return add(lifted, scale(axis, dot(axis, a) * (1 - cos)));
}

// --- from a pose to joints

function bent(root, end, first, second, pole) {
  const way = subtract(end, root);
  const length = Math.sqrt(dot(way, way));
  const reach = Math.min(Math.max(length, Math.abs(first - second) + 1e-6), first + second - 1e-6);
  const along = unit(way);
  const from = subtract(end, scale(along, reach));
  const foot = (first * first - second * second + reach * reach) / (2 * reach);
  const off = Math.sqrt(Math.max(first * first - foot * foot, 0));
  let aside = subtract(pole, scale(along, dot(pole, along)));
  if (dot(aside, aside) < TINY) {
    aside = cross(along, Math.abs(along[2]) < STEEP ? [0, 0, 1] : [0, 1, 0]);
  }
  return [from, add(add(from, scale(along, foot)), scale(unit(aside), off))];
}

/** Return where every joint of a pose is, by its name. */
export function joints(pose, { bones }) {
  const ways = pose.spine.map(ray);
  const left = [0, 0, pose.left];
  const found = { pelvis: pose.pelvis };
  found.waist = add(pose.pelvis, scale(ways[0], bones.pelvis));
  found.ribs = add(found.waist, scale(ways[1], bones.belly));
  found.collar = add(found.ribs, scale(ways[2], bones.chest));
  found.head = add(found.collar, scale(ray(pose.neck), bones.neck));
  const across = turned(left, ways[0], pose.twist);
  const [up, forward] = pose.shoulders;
  const girdle = add(scale(ways[2], up), scale(cross(left, ways[2]), forward));
  for (const [side, k] of [["left", 1], ["right", -1]]) {
    const leg = pose[`${side}_leg`];
    const hip = add(found.pelvis, scale(across, k * bones.hips));
    [found[`${side} hip`], found[`${side} knee`]] = bent(
      hip, leg.foot, bones.thigh, bones.shin, leg.knee,
    );
    found[`${side} ankle`] = leg.foot;
    found[`${side} toe`] = add(leg.foot, scale(ray(leg.toes), bones.foot));
    const arm = pose[`${side}_arm`];
    const shoulder = add(add(found.collar, scale(left, k * bones.shoulders)), girdle);
    [found[`${side} shoulder`], found[`${side} elbow`]] = bent(
      shoulder, arm.hand, bones.upper_arm, bones.forearm, arm.elbow,
    );
    found[`${side} wrist`] = arm.hand;
    found[`${side} hand`] = add(arm.hand, scale(ray(arm.fingers), bones.hand));
  }
  return found;
}

/** Return the pose on the way from one to another. */
export function between(before, after, t) {
  if (before.left !== after.left) return t < 0.5 ? before : after;
  if (t >= 1) return after;
  const part = Math.max(t, 0);
  const way = (a, b) => {
    if (Array.isArray(a)) return a.map((each, i) => way(each, b[i]));
    if (typeof a === "object") {
      return Object.fromEntries(Object.keys(a).map((key) => [key, way(a[key], b[key])]));
    }
    return a + (b - a) * part;
  };
  return way(before, after);
}

/** Return how far a movement has gone that starts and ends gently. */
export const eased = (t) => 0.5 - 0.5 * Math.cos(Math.PI * Math.min(Math.max(t, 0), 1));

// --- from joints to paths

const CAP = Array.from({ length: 11 }, (_, i) => ((5 - i) * Math.PI) / 12);
const CAP_POINTS = 12;

const number = (x) => String(Number(x.toFixed(1)) || 0);
const place = ([x, y]) => `${number(x)} ${number(y)}`;
const polygon = (points) => `M${points.map(place).join("L")}z`;

function capsule(a, ra, b, rb) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const d = Math.max(Math.hypot(dx, dy), Math.abs(ra - rb) + 1e-3);
  const way = Math.atan2(dy, dx);
  const opening = Math.acos((ra - rb) / d);
  const on = (c, r, angle) => place([c[0] + r * Math.cos(angle), c[1] + r * Math.sin(angle)]);
  const [bigA, bigB] = [Number(opening < Math.PI / 2), Number(opening > Math.PI / 2)];
  return (
    `M${on(a, ra, way + opening)}L${on(b, rb, way + opening)}` +
    `A${number(rb)} ${number(rb)} 0 ${bigB} 0 ${on(b, rb, way - opening)}` +
    `L${on(a, ra, way - opening)}` +
    `A${number(ra)} ${number(ra)} 0 ${bigA} 0 ${on(a, ra, way + opening)}z`
  );
}

function flatWay(dx, dy) {
  const length = Math.hypot(dx, dy);
  return length > TINY ? [dx / length, dy / length] : [1, 0];
}

function curve(points, steps) {
  const padded = [points[0], ...points, points.at(-1)];
  const made = [];
  for (let i = 0; i + 3 < padded.length; i += 1) {
    const [p0, p1, p2, p3] = padded.slice(i, i + 4);
    for (let step = 0; step < steps; step += 1) {
      const t = step / steps;
      made.push(p1.map((b, k) => {
        const [a, c, d] = [p0[k], p2[k], p3[k]];
        const bend = (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t ** 3;
        return 0.5 * (2 * b + (c - a) * t + bend);
      }));
    }
  }
  return [...made, points.at(-1)];
}

function edges(rows, more) {
  const [left, right] = [[], []];
  rows.forEach(([x, y, r], i) => {
    const [a, b] = [rows[Math.max(i - 1, 0)], rows[Math.min(i + 1, rows.length - 1)]];
    const [wx, wy] = flatWay(b[0] - a[0], b[1] - a[1]);
    const [sx, sy] = [-wy * (r + more), wx * (r + more)];
    left.push([x + sx, y + sy]);
    right.push([x - sx, y - sy]);
  });
  return [left, right];
}

function rounded([x, y, radius], near, most, more) {
  const [wx, wy] = flatWay(x - near[0], y - near[1]);
  const r = radius + more;
  const depth = Math.min(r, most);
  return CAP.map((t) => [
    x + Math.cos(t) * wx * depth - Math.sin(t) * wy * r,
    y + Math.cos(t) * wy * depth + Math.sin(t) * wx * r,
  ]);
}

function capOfBall(axis, depth, angle) {
  const far = Math.hypot(axis[0], axis[1]);
  const [ux, uy] = far > TINY ? [axis[0] / far, axis[1] / far] : [1, 0];
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const clamp = (x) => Math.max(-1, Math.min(1, x));
  const seen = Math.acos(clamp((-c * depth) / Math.max(s * far, TINY)));
  const points = [];
  const put = (along, aside) => points.push([along * ux - aside * uy, along * uy + aside * ux]);
  for (let i = 0; i <= CAP_POINTS; i += 1) {
    const theta = seen * ((2 * i) / CAP_POINTS - 1);
    put(c * far - s * Math.cos(theta) * depth, s * Math.sin(theta));
  }
  const edge = far > c ? Math.acos(c / far) : 0;
  for (let i = 0; i <= CAP_POINTS; i += 1) {
    const theta = edge * (1 - (2 * i) / CAP_POINTS);
    if (far <= c) points.push(points[CAP_POINTS]);
    else put(Math.cos(theta), Math.sin(theta));
  }
  return points;
}

/** Return the view of a stage: where points are in the picture, and how near they are. */
function viewOf({ turned: around, risen, scale: k, x, y }) {
  const [a, e] = [radians(around), radians(risen)];
  const right = [Math.cos(a), 0, -Math.sin(a)];
  const toward = [Math.sin(a) * Math.cos(e), Math.sin(e), Math.cos(a) * Math.cos(e)];
  const up = cross(toward, right);
  const flat = (p) => [dot(p, right), -dot(p, up)];
  const at = (p) => {
    const [across, down] = flat(p);
    return [x + across * k, y + down * k];
  };
  return { k, flat, at, depth: (p) => dot(p, toward) };
}

/**
 * Return the data of the path of every part of a body, by the `data-part` of its element.
 *
 * The slit around a part is at "slit of " and the name of the part.
 */
export function paths(pose, stage, rig) {
  const { radii, widths, shaping, limbs } = rig;
  const j = joints(pose, rig);
  const { k, flat, at, depth } = viewOf(stage);
  const tube = (...circles) => circles.slice(1)
    .map(([b, rb], i) => capsule(at(circles[i][0]), circles[i][1] * k, at(b), rb * k))
    .join("");
  const made = {};

  for (const side of ["left", "right"]) {
    for (const [limb, [names, sizes]] of Object.entries(limbs)) {
      const [root, middle, end, tip] = names.map((name) => j[`${side} ${name}`]);
      const [atRoot, atMiddle, atEnd, heel, atTip] = sizes.map((name) => radii[name]);
      const bulge = limb === "leg" ? [[mix(middle, end, shaping.calf_at), radii.calf]] : [];
      const lower = tube([middle, atMiddle], ...bulge, [end, atEnd]) + tube([end, heel], [tip, atTip]);
      const slitAt = mix(root, middle, shaping[`${limb}_slit_at`]);
      const slitRoot = [slitAt, atRoot - shaping[`${limb}_slit`]];
      made[`${side} ${limb}`] = tube([root, atRoot], [middle, atMiddle]) + lower;
      made[`slit of ${side} ${limb}`] = tube(slitRoot, [middle, atMiddle]) + lower;
    }
  }

  const [neck, ahead] = [ray(pose.neck), ray(pose.gaze)];
  const up = unit(subtract(neck, scale(ahead, dot(neck, ahead))));
  const skull = add(j.head, scale(up, shaping.skull_up));
  const jaw = add(add(j.head, scale(up, -shaping.jaw_down)), scale(ahead, shaping.jaw_ahead));
  made.head = tube([skull, radii.skull], [jaw, radii.jaw]) +
    tube([j.head, radii.nose], [add(j.head, scale(ahead, shaping.nose_ahead)), radii.nose]);
  made["slit of head"] = made.head;
  made.neck = tube([j.collar, radii.neck], [j.head, radii.neck]);
  const crown = turned(up, unit(cross(ahead, up)), shaping.hair_back);
  const [mx, my] = at(skull);
  const r = radii.skull * k;
  made.hair = polygon(
    capOfBall(flat(crown), depth(crown), radians(shaping.hair))
      .map(([px, py]) => [mx + r * px, my + r * py]),
  );
  made.eyes = [1, -1].map((side) => {
    const way = turned(ahead, up, side * shaping.eyes);
    const eye = add(j.head, scale(way, radii.skull));
    const size = depth(way) > shaping.eye_depth ? radii.eye : 0;
    return tube([eye, size], [add(eye, scale(up, shaping.eye_height)), size]);
  }).join("");

  const raised = add(j.collar, scale(ray(pose.spine[2]), pose.shoulders[0] * shaping.girdle));
  const flats = [j.pelvis, j.waist, j.ribs, raised].map(at);
  const hips = unit(subtract(j["left hip"], j["right hip"]));
  const shoulders = unit(subtract(j["left shoulder"], j["right shoulder"]));
  const sections = Object.keys(widths).map((name, i) => {
    const [a, b] = [flats[Math.max(i - 1, 0)], flats[Math.min(i + 1, 3)]];
    const [wx, wy] = flatWay(b[0] - a[0], b[1] - a[1]);
    const [sx, sy] = flat(unit(mix(hips, shoulders, i / 3)));
    const reach = Math.abs(sy * wx - sx * wy) * widths[name];
    return [...flats[i], Math.max(radii[name], radii[name] * shaping.flatness + reach) * k];
  });
  const rows = curve(sections, 4);
  const [left, right] = edges(rows, 0);
  made.trunk = polygon([
    ...left,
    ...rounded(rows.at(-1), rows.at(-2), shaping.collar_cap * k, 0),
    ...right.reverse(),
    ...rounded(rows[0], rows[1], radii.pelvis * k, 0),
  ]);
  made["slit of trunk"] = made.trunk;
  const low = curve(sections, 6).slice(0, Math.round(6 * shaping.waistband) + 1);
  const more = shaping.rim * k;
  const [lowLeft, lowRight] = edges(low, more);
  made.shorts = polygon([
    ...lowLeft.reverse(),
    ...rounded(low[0], low[1], radii.pelvis * k + more, more).reverse(),
    ...lowRight,
  ]);
  return made;
}
