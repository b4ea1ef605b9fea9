-- after: 5f0a2c91d7e3
INSERT INTO seller (id, name, email) VALUES
  (1, 'Harbour Pottery', 'orders@harbour.example'),
  (2, 'Olive & Rye', 'hello@oliverye.example');
INSERT INTO shipment (id, content, weight, destination, seller_id) VALUES
  (1, 'Stoneware bowls', 12.5, 5003, 1),
  (2, 'Rye flour', 25.0, 9000, 2),
  (3, 'Olive oil', 18.25, NULL, 2);
