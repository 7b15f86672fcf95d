//! What is read and what is not.

use super::layout::page;
use maud::{Markup, html};
use sellerport_core::domains::DOMAINS;

/// The page, for anybody.
pub(crate) fn reads() -> Markup {
    page(
        "What is read",
        &html! {
            section.card {
                h1 { "What is read, and what is not" }
                p.lead { "Sellerport calls only the operations below, and only in the stores that are ticked. It changes nothing at Amazon." }
                div.scroll tabindex="0" {
                    table {
                        caption.hidden { "Domains with their operations and roles" }
                        thead { tr {
                            th scope="col" { "Domain" } th scope="col" { "Operation" } th scope="col" { "Role it needs" } th scope="col" { "What lands" }
                        } }
                        tbody {
                            @for domain in DOMAINS {
                                tr {
                                    th scope="row" { (domain.name) }
                                    td { @for source in domain.sources() {
                                        div { code { (source.named(source.operation())) } " (" (source.operation().api) ")" }
                                    } }
                                    td { (domain.role()) }
                                    td { (domain.reads) }
                                }
                            }
                        }
                    }
                }
                h2 { "Besides" }
                ul {
                    li { code { "getMarketplaceParticipations" } ": the stores of the account, once a day." }
                    li { code { "listTransactions" } " and " code { "searchListingsItems" } ": once when an account is connected, to make sure whose it is. Only the account's id is used; nothing of them is kept." }
                }
                h2 { "Not read" }
                ul {
                    li { "No names, addresses, telephone numbers or mail addresses of buyers, unless an operator opens buyers' data for a connection. Then those of orders that the seller still has to ship are read (the domain buyers): apart from everything else, under a key of their own, gone 30 days after they landed." }
                    li { "No messages, no payment methods of buyers, no bank accounts." }
                    li { "No passwords: sellers sign in at Amazon, never here." }
                }
            }
        },
    )
}
