//! Many futures on one thread, advanced a step at a time in an order that a seed decides.

use std::task::Poll;

/// Runs all of them to their end. The same seed gives the same order.
pub async fn together<F: Future>(futures: Vec<F>, seed: u64) -> Vec<F::Output> {
    let mut waiting: Vec<_> = futures.into_iter().map(Box::pin).collect();
    let mut done = Vec::with_capacity(waiting.len());
    let mut random = seed;
    std::future::poll_fn(|context| {
        for _ in 0..waiting.len() {
            // A linear congruential generator (Knuth's MMIX constants); its high bits are good enough.
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let Some(last) = waiting.len().checked_sub(1) else { break };
            let one = usize::try_from(random >> 33).unwrap_or(0) % (last + 1);
            if let Poll::Ready(output) = waiting[one].as_mut().poll(context) {
                drop(waiting.swap_remove(one));
                done.push(output);
            }
        }
        if waiting.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done
}
