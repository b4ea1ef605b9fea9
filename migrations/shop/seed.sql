-- after: c3d2e4f6a8b0
INSERT INTO customer (id, name, email, created_at) VALUES
  (1, 'Ada Fisher', 'Ada@fisher.example', '2026-10-01 09:00:00'),
  (2, 'Ben Okoye', 'ben@okoye.example', '2026-10-03 12:30:00'),
  (3, 'Chiara Neri', 'chiara@neri.example', '2026-10-09 18:45:00');
INSERT INTO address (id, customer_id, street, town) VALUES
  (1, 1, 'Quay 4', 'Bergen'),
  (2, 2, 'Mill Lane 12', 'Cork'),
  (3, 2, 'Station Road 1', 'Cork'),
  (4, 3, 'Via Nuova 7', 'Trieste');
INSERT INTO category (id, name, parent_id) VALUES
  (1, 'Kitchen', NULL),
  (2, 'Bowls', 1),
  (3, 'Pantry', NULL);
INSERT INTO product (id, category_id, name, price) VALUES
  (1, 2, 'Stoneware bowl', 18.5),
  (2, 1, 'Copper kettle', 64.0),
  (3, 3, 'Rye flour', 3.2),
  (4, 3, 'Olive oil', 11.95);
INSERT INTO purchase (id, customer_id, created_at) VALUES
  (1, 1, '2026-10-02 10:00:00'),
  (2, 2, '2026-10-04 08:15:00'),
  (3, 3, '2026-10-10 20:05:00');
INSERT INTO purchase_line (purchase_id, product_id, quantity) VALUES
  (1, 1, 4),
  (1, 3, 1),
  (2, 2, 1),
  (3, 4, 2);
