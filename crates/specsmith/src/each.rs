//! The same for each API and for each output, on all cores.

use std::{
    cell::Cell,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// The stack of each thread, in bytes: as much as a main thread has, since documents can lead far into each other.
const STACK: usize = 8 << 20;

thread_local! {
    /// Whether the thread has such a stack, so that it can work itself where it wants more of them.
    static HAS_STACK: Cell<bool> = const { Cell::new(false) };
}

/// What a function makes of each of some things, in their order; on all cores, with stacks that documents need.
pub fn each<T: Sync, R: Send>(things: &[T], function: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(things.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((index, thing)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            things.get(index).map(|thing| (index, thing))
        } {
            done.push((index, function(thing)));
        }
        done
    };
    let on_thread = || {
        HAS_STACK.set(true);
        work()
    };
    let own = HAS_STACK.get();
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let worker = || thread::Builder::new().stack_size(STACK).spawn_scoped(scope, on_thread);
        let workers: Vec<_> = (usize::from(own)..workers).map_while(|_| worker().ok()).collect();
        let mut done = Vec::new();
        if own || workers.is_empty() {
            done = work();
        }
        for worker in workers {
            match worker.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn keeps_the_order() {
        let numbers: Vec<u32> = (0..100).collect();
        let squares: Vec<u32> = numbers.iter().map(|number| number * number).collect();
        assert_eq!(each(&numbers, |number| number * number), squares);
        assert!(each(&[], |number: &u32| *number).is_empty());
    }

    #[test]
    fn works_inside_itself() {
        let rows: Vec<u32> = (0..10).collect();
        let sums = each(&rows, |row| each(&rows, |column| row * column).iter().sum::<u32>());
        assert_eq!(sums, rows.iter().map(|row| row * 45).collect::<Vec<_>>());
    }
}
