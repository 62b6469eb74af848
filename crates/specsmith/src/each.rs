//! The same for each API and for each output, on all cores.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// The stack of each thread, in bytes: as much as a main thread has, since documents can lead far into each other.
const STACK: usize = 8 << 20;

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
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let worker = || thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let workers: Vec<_> = (0..workers).map_while(|_| worker().ok()).collect();
        if workers.is_empty() {
            return work();
        }
        let done = workers.into_iter().map(|worker| match worker.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.flatten().collect()
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
}
