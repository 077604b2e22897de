"""Words that records are made of. Every company, place and person is made up."""

HEADS = (
    "Marlow", "Finch", "Aldergate", "Brightwater", "Castlen", "Dunmore", "Elmstead", "Farrow",
    "Gildern", "Harrowby", "Inglen", "Juniper", "Kestrel", "Lindqvist", "Morrow", "Northwick",
    "Oakhurst", "Pellworth", "Quarrington", "Ravensby", "Silverlake", "Thornbury", "Umberton",
    "Vossberg", "Westerholt", "Yarrow", "Zellmann", "Ostrander", "Baumgart", "Delacroix",
)  # fmt: skip
TAILS = (
    "Supplies", "Trading", "Office", "Hardware", "Design", "Consulting", "Logistics", "Foods",
    "Print", "Electric", "Studio", "Gardens", "Textiles", "Systems", "Catering", "Workshop",
    "& Sons", "& Daughters", "Brothers", "Partners",
)  # fmt: skip
SUFFIXES = {
    "USD": ("Inc.", "LLC", "Co.", ""),
    "GBP": ("Ltd", "LLP", "Limited", ""),
    "EUR": ("GmbH", "B.V.", "SARL", "S.p.A.", ""),
    "CHF": ("AG", "GmbH", "SA", ""),
    "SEK": ("AB", "HB", ""),
}
SHOPS = ("Corner Store", "Bakery", "Market", "Pharmacy", "Books", "Café", "Deli", "Garden Shop")
STREETS = (
    "Mill Lane",
    "Harbour Road",
    "Station Street",
    "Church Row",
    "Quay Street",
    "Park Avenue",
)
TOWNS = {
    "USD": ("Fairbrook, OH 44001", "Lakemont, WA 98010", "Stonebridge, MA 01200"),
    "GBP": ("Easterby EB1 4QT", "Wickford Moor WM7 2LD", "Port Hallow PH3 9AA"),
    "EUR": ("10999 Altenfelde", "1017 Waterkant", "75999 Beaupré", "20100 Valdoro"),
    "CHF": ("8099 Seewil", "3099 Bergdorf-Matten", "1299 Montclair"),
    "SEK": ("111 99 Nordvik", "411 99 Sjöhamn"),
}
GOODS = (
    "Copy paper A4 80 g, 500 sheets", "Ballpoint pens, box of 50", "Desk lamp LED",
    "USB cable 2 m", "Office chair Model 300", "Toner cartridge black",
    "Cleaning cloths 10 pack", "Extension lead 5 m", "Wall paint white 10 l",
    "Oak board 200 x 30 cm", "Wood screws 4 x 40, 200 pcs", "Sandpaper grit 120",
    "Safety gloves size 9", "Cardboard boxes 40 x 30", "Packing tape 66 m",
    "Shipping labels, roll of 500", "Wireless keyboard", "Monitor 27 inch",
    "Network switch 8 port", "Ring binders, set of 10", "Garden hose 25 m", "Potting soil 40 l",
    "Espresso beans 1 kg", "Mineral water 12 x 1 l",
)  # fmt: skip
SERVICES = (
    "Consulting, senior", "Workshop facilitation", "Logo design and style guide",
    "Website maintenance", "Translation per page", "Electrical inspection",
    "Travel expenses, train", "Support contract March 2026", "Photography, half day",
    "Proofreading report 2025", "Data migration, phase 2", "Training day 1",
    "Catering for 24 people", "Courier service zone 3", "Hosting package, 12 months",
    "Installation on site",
)  # fmt: skip
GROCERIES = (
    "Bread rye 750 g", "Milk 1 l", "Butter 250 g", "Apples Braeburn", "Tomatoes on the vine",
    "Cheddar mature", "Orange juice 1 l", "Coffee ground 500 g", "Pasta 500 g",
    "Olive oil 0.5 l", "Dark chocolate 70%", "Notebook A5", "Birthday card",
    "Vitamin C 60 tablets", "Batteries AA 4 pack", "Croissant", "Flat white", "Herb pot basil",
    "Gift card 25.00", "Carrier bag", "Tea Earl Grey 50", "Eggs free range 10",
)  # fmt: skip
EXTRAS = (
    "incl. delivery and setting up on the ground floor",
    "as agreed by telephone with your purchasing department",
    "order 4471, partial delivery, remainder follows",
    "warranty 24 months from the date of delivery",
    "batch 20260114, best before 06/2027",
)
CHARGES = ("Delivery, flat rate", "Setting up, flat rate", "Packaging", "Express surcharge")
