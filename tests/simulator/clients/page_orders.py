"""Pages through every order of a seller with python-amazon-sp-api, unmodified, and prints what it saw as JSON.

    pip install python-amazon-sp-api==2.1.35
    simulator --port 8600 --proxy-port 8601 --ca-file ca.pem
    HTTPS_PROXY=http://127.0.0.1:8601 SSL_CERT_FILE=ca.pem REQUESTS_CA_BUNDLE=ca.pem \\
        python page_orders.py --simulator http://127.0.0.1:8600 --seller A2NORTHWIND01US --marketplace US

The simulator's own address is only asked for credentials; every call of the client goes to Amazon's host names,
through the door.
"""

import argparse
import json
import time
import urllib.request

from sp_api.api.orders.orders_2026_01_01 import OrdersV20260101
from sp_api.api.sellers.sellers import Sellers
from sp_api.base import Marketplaces



def ask(url, body=None):
    """Asks the simulator itself, past any proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"content-type": "application/json"})
    with opener.open(request) as answer:
        return json.load(answer)


def credentials(simulator, seller):
    """The application's credentials and a refresh token of this seller."""
    application = ask(f"{simulator}/_sim/application")
    grant = ask(f"{simulator}/_sim/sellers/{seller}/self-authorization", body={})
    return {
        "lwa_app_id": application["client_id"],
        "lwa_client_secret": application["client_secret"],
        "refresh_token": grant["refresh_token"],
    }


def pages(client, **filters):
    """Every page of a search."""
    token = {}
    while True:
        answer = client.search_orders(**filters, **token)
        yield answer
        if not answer.next_token:
            return
        token = {"paginationToken": answer.next_token}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--simulator", default="http://127.0.0.1:8600")
    parser.add_argument("--seller", default="A2NORTHWIND01US")
    parser.add_argument("--marketplace", default="US", help="a store of the seller's region")
    parser.add_argument("--after", default="2000-01-01T00:00:00Z")
    options = parser.parse_args()

    market = Marketplaces[options.marketplace]
    login = credentials(options.simulator, options.seller)
    stores = Sellers(credentials=login, marketplace=market).get_marketplace_participation().payload
    ids = [store["marketplace"]["id"] for store in stores]
    client = OrdersV20260101(credentials=login, marketplace=market)
    started = time.monotonic()
    orders, count = {}, 0
    for page in pages(client, createdAfter=options.after, marketplaceIds=ids, includedData=["PROCEEDS", "FULFILLMENT"]):
        count += 1
        for order in page.payload["orders"]:
            orders[order["orderId"]] = order["lastUpdatedTime"]
    seconds = round(time.monotonic() - started, 3)
    truth = ask(f"{options.simulator}/_sim/orders/{options.seller}")["orders"]
    expected = {order["orderId"]: order["lastUpdatedTime"] for order in truth}
    print(json.dumps({
        "seller": options.seller,
        "marketplaces": ids,
        "orders": len(orders),
        "truth": len(expected),
        "equal": orders == expected,
        "pages": count,
        "seconds": seconds,
    }))


if __name__ == "__main__":
    main()
