"""A window that asks in every frame, as games do; an argument sets the speed.

Nothing calls back here: each frame asks the player what has fallen due and what is going on. Space
pauses and goes on, the arrow keys skip an exercise and go back, Escape closes.
"""

import sys
from collections.abc import Callable, Iterable, Iterator

import pygame

import supple

SIZE = (900, 520)
PAPER, INK, FAINT, FULL = "#f7f4ee", "#24413d", "#dcd6ca", "#2f7d71"
FRAMES_PER_SECOND = 60


def say(events: Iterable[supple.Event]) -> None:
    """Print what to do."""
    for event in events:
        if event.kind in {"step.started", "hold.started", "rest.started"}:
            print(event.text)


def frames(player: supple.Player, now_ms: Callable[[], int]) -> Iterator[supple.Moment]:
    """Start the player, and yield what to draw in each frame, until the routine is over."""
    say(player.start(now_ms()))
    while player.state not in {"finished", "stopped"}:
        yield player.moment(now_ms())
        say(player.due(now_ms()))


def draw(screen: pygame.Surface, now: supple.Moment) -> None:
    """Draw what to do, the seconds that are left, and how much of it is over."""
    screen.fill(PAPER)
    middle = screen.get_width() // 2
    seconds = -(-now.remaining_ms // 1000)
    for text, size, top in ((f"{seconds}", 180, 60), (now.text, 44, 290)):
        picture = pygame.font.Font(None, size).render(text, antialias=True, color=INK)
        screen.blit(picture, picture.get_rect(midtop=(middle, top)))
    track = pygame.Rect(0, 0, 600, 10)
    track.midtop = (middle, 400)
    pygame.draw.rect(screen, FAINT, track, border_radius=5)
    track.width = round(track.width * now.elapsed_ms / now.segment.duration_ms)
    pygame.draw.rect(screen, FULL, track, border_radius=5)


def obey(player: supple.Player, key: int) -> None:
    """Do what a key stands for."""
    now_ms = pygame.time.get_ticks()
    if key == pygame.K_SPACE:
        say(player.toggle(now_ms))
    elif key == pygame.K_RIGHT:
        say(player.skip(now_ms))
    elif key == pygame.K_LEFT:
        say(player.back(now_ms))
    elif key == pygame.K_ESCAPE:
        player.stop(now_ms)


def main() -> None:
    """Play the routine in bed."""
    routine = supple.load_catalog("lower-back").routines["in-bed"]
    speed = float(sys.argv[1]) if sys.argv[1:] else 1.0
    player = supple.Player(supple.schedule(routine), speed=speed)
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_caption(routine.name)
    screen = pygame.display.set_mode(SIZE)
    clock = pygame.time.Clock()
    for moment in frames(player, pygame.time.get_ticks):
        draw(screen, moment)
        pygame.display.flip()
        clock.tick(FRAMES_PER_SECOND)
        for event in [] if player.state == "finished" else pygame.event.get():
            if event.type == pygame.KEYDOWN:
                obey(player, event.key)
            elif event.type == pygame.QUIT:
                player.stop(pygame.time.get_ticks())
    pygame.quit()


if __name__ == "__main__":
    main()
