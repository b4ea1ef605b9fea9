-- after: 8c1f4e2a90b7
INSERT INTO seller (id, name, contact) VALUES
  (1, 'Harbour Pottery', 'Orders@Harbour.example'),
  (2, 'Olive & Rye', 'hello@oliverye.example'),
  (3, 'Kettle Works', 'Sales@KettleWorks.example'),
  (4, 'Paper Lantern', 'post@lantern.example');
INSERT INTO shipment (id, content, weight, destination, seller_id) VALUES
  (1, 'Stoneware bowls', 12500, 'Bergen', 1),
  (2, 'Glaze samples', 830, 'Lisbon', 1),
  (3, 'Rye flour', 25000, 'Ghent', 2),
  (4, 'Copper kettles', 6400, 'Trieste', 3),
  (5, 'Paper lanterns', NULL, 'Aarhus', 4),
  (6, 'Olive oil', 18250, 'Cork', 2);
